// What is in a PNG file, as far as tests look at it.
import { Buffer } from "node:buffer";
import zlib from "node:zlib";

/** Width and height. */
export function sizeOf(png) {
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

/** The first pixel's colour as CSS writes it: before it there is but a byte that says how it is filtered. */
export function firstColor(png) {
  const parts = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") {
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
    }
  }
  return `#${zlib.inflateSync(Buffer.concat(parts)).toString("hex", 1, 4)}`;
}
