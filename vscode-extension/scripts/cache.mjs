// What building and testing download, kept outside the tree between runs.
import os from "node:os";
import path from "node:path";

const caches = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache");
export const cache = process.env.DVT_TEST_CACHE ?? path.join(caches, "dvt-ls");
