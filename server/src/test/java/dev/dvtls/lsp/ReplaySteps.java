package dev.dvtls.lsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chooses what happens next: mostly typing, among names that the workspace has. */
final class ReplaySteps {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]{3,}");
    private static final List<String> ANYWHERE =
            List.of(
                    "\"", "'", "(", ")", "[", "]", "{", "}", "\n", "\r\n", "\t", ":", "#", "é😀𝒳",
                    " ", "\\", "'''", "\"\"\"", "\r", "- ", "    ", "=", ",", "NAME", "\0");
    private static final List<String> PYTHON =
            List.of(
                    "dbt.ref(\"NAME\")",
                    "dbt.ref('NAME').df()\n",
                    "    x = dbt.source(\"raw\", \"NAME\")\n",
                    "    session.sql(\"select * from __model__NAME join raw__NAME\")\n",
                    "    dbt.config(materialized=\"incremental\", unique_key=\"id\")\n",
                    "    dbt.config(enabled=False)\n",
                    "    dbt.config(alias=\"NAME\", tags=[\"NAME\"], meterialized='table')\n",
                    "import lib.NAME\n",
                    "from NAME import clean\n",
                    "# dvt: ignore[DVT120]\n",
                    "# dvt: ignore-file\n",
                    "def model(dbt, session):\n    return dbt.ref(\"NAME\")\n",
                    "    dbt.var(\"NAME\")\n",
                    "    return dbt.ref(\"NAME\", v=2)\n",
                    "    dbt.ref(",
                    "    dbt.ref(\"");
    private static final List<String> SQL =
            List.of(
                    "{{ ref('NAME') }}",
                    "{{ source('raw', 'NAME') }}",
                    "{{ config(materialized='view', tags=['NAME']) }}",
                    "{{ config(enabled=false) }}",
                    "select * from {{ ref(\"NAME\") }} join __model__NAME\n",
                    "{% snapshot NAME %} select 1 {% endsnapshot %}",
                    "{% for x in y %}",
                    "{# ",
                    "{{ ref('");
    private static final List<String> YAML =
            List.of(
                    "models:\n  - name: NAME\n    columns:\n      - name: id\n",
                    "models:\n  - name: NAME\n    config: {enabled: false}\n",
                    "  - name: NAME\n    description: a NAME\n",
                    "    config:\n      materialized: table\n      tags: [NAME]\n",
                    "    versions:\n      - v: 1\n      - v: 2\n        defined_in: NAME\n",
                    "    latest_version: 1\n",
                    "sources:\n  - name: raw\n    tables:\n      - name: NAME\n      - name: id\n",
                    "seeds:\n  - name: NAME\n    config: {alias: NAME}\n",
                    "exposures:\n  - name: e\n    depends_on: [ref('NAME')]\n",
                    "      - name: NAME\n");
    private static final List<String> PROJECT =
            List.of(
                    "name: NAME\nprofile: shop\n",
                    "name: shop\nprofile: shop\nmodel-paths: [models/marts, models/staging]\n",
                    "name: shop\nprofile: shop\nmodels:\n  +enabled: false\n",
                    "name: shop\nprofile: shop\nmodels: {shop: {marts: {+tags: [NAME]}}}\n",
                    "name: shop\nprofile: shop\nvars: {NAME: 1}\nseed-paths: [models, seeds]\n",
                    "name: [",
                    "");
    private static final List<String> SETTINGS =
            List.of(
                    "[rules]\nDVT120 = \"off\"\n",
                    "[rules]\nunused-config = \"error\"\nlost-ref = \"warning\"\n",
                    "[rules]\nnonsense = 1\n",
                    "[tool.dvt.rules]\nDVT120 = \"hint\"\n",
                    "[");
    private static final List<String> IGNORED =
            List.of("NAME*\n", "marts/\n", "*.sql\n!NAME.sql\n");

    private final Random random;
    private final ReplayEditor editor;
    private final List<String> roots;

    ReplaySteps(Random random, ReplayEditor editor, List<String> roots) {
        this.random = random;
        this.editor = editor;
        this.roots = roots;
    }

    ReplayStep next() {
        int what = random.nextInt(100);
        List<String> open = List.copyOf(editor.openTexts().keySet());
        if (open.isEmpty() || (what < 8 && open.size() < 6)) {
            return new ReplayStep.Open(random.nextInt(3) == 0 ? properties() : file());
        } else if (what < 62) {
            return type(one(open));
        } else if (what < 66) {
            return new ReplayStep.Undo(one(open));
        } else if (what < 70) {
            return new ReplayStep.Save(one(open));
        } else if (what < 74) {
            return new ReplayStep.Close(one(open));
        } else if (what < 78) {
            return new ReplayStep.Write(newFile(), onDisk());
        } else if (what < 81) {
            String file = file();
            return new ReplayStep.Write(file, textFor(file));
        } else if (what < 84) {
            return new ReplayStep.Delete(place(), random.nextBoolean());
        } else if (what < 87) {
            return new ReplayStep.Move(place(), newPlace(), random.nextBoolean());
        } else if (what < 90) {
            return new ReplayStep.Rename(random.nextBoolean() ? one(open) : file(), newFile());
        } else if (what < 92) {
            return ofProject();
        } else if (what < 94) {
            return roots.size() > 1 ? folders() : new ReplayStep.Undo(one(open));
        }
        return new ReplayStep.Tell(random.nextLong(), 1 + random.nextInt(6));
    }

    private ReplayStep folders() {
        List<String> now = new ArrayList<>();
        roots.stream().filter(root -> random.nextInt(4) > 0).forEach(now::add);
        return new ReplayStep.Folders(List.copyOf(now));
    }

    /** A file that the whole project depends on comes, goes or changes. */
    private ReplayStep ofProject() {
        String root = one(roots) + "/";
        return switch (random.nextInt(8)) {
            case 0, 1 -> new ReplayStep.Write(root + "dbt_project.yml", named(one(PROJECT)));
            case 2 -> new ReplayStep.Write(root + ".dbtignore", named(one(IGNORED)));
            case 3 -> new ReplayStep.Write(root + "dvt.toml", named(one(SETTINGS)));
            case 4 -> new ReplayStep.Write(root + "pyproject.toml", named(one(SETTINGS)));
            case 5 ->
                    new ReplayStep.Write(
                            parent(file()) + "dbt_project.yml", "name: inner\nprofile: shop\n");
            case 6 ->
                    new ReplayStep.Delete(
                            root + one(List.of("dvt.toml", "pyproject.toml", ".dbtignore")), true);
            default -> {
                List<String> projects =
                        files().stream().filter(f -> f.endsWith("dbt_project.yml")).toList();
                yield new ReplayStep.Delete(projects.isEmpty() ? file() : one(projects), true);
            }
        };
    }

    private ReplayStep type(String file) {
        String text = editor.openTexts().getOrDefault(file, "");
        List<ReplayStep.Change> changes = new ArrayList<>();
        int at = place(text);
        switch (random.nextInt(11)) {
            case 0 -> // a few keys, one by one
                    named(snippet(file))
                            .codePoints()
                            .limit(12)
                            .forEach(
                                    c ->
                                            changes.add(
                                                    new ReplayStep.Change(
                                                            at + changes.size(),
                                                            at + changes.size(),
                                                            Character.toString(c))));
            case 1, 2, 3 -> changes.add(new ReplayStep.Change(at, at, named(snippet(file))));
            case 4 -> changes.add(new ReplayStep.Change(at, at + 1 + random.nextInt(20), ""));
            case 5 -> { // lines
                int end = text.indexOf('\n', Math.min(text.length(), at + random.nextInt(80)));
                int start = text.lastIndexOf('\n', at) + 1;
                changes.add(new ReplayStep.Change(start, end < 0 ? text.length() : end + 1, ""));
            }
            case 6 -> { // paste from elsewhere
                String other = one(List.copyOf(editor.openTexts().values()));
                int from = random.nextInt(other.length() + 1);
                int to = Math.min(other.length(), from + random.nextInt(200));
                int start = text.lastIndexOf('\n', at) + 1;
                changes.add(new ReplayStep.Change(start, start, whole(other.substring(from, to))));
            }
            case 7 -> // all of it by what another file has: broken texts say little
                    changes.add(new ReplayStep.Change(0, Integer.MAX_VALUE, onDisk(like(file))));
            default -> { // another word
                Matcher word = WORD.matcher(text);
                if (word.find(Math.min(at, text.length()))) {
                    changes.add(new ReplayStep.Change(word.start(), word.end(), name()));
                }
            }
        }
        return new ReplayStep.Type(file, List.copyOf(changes));
    }

    /** An offset; often in the middle of a word. */
    private int place(String text) {
        return random.nextInt(text.length() + 1);
    }

    private String snippet(String file) {
        if (random.nextInt(8) == 0) {
            return one(ANYWHERE);
        } else if (file.endsWith("_project.yml")) {
            return one(PROJECT);
        } else if (file.endsWith(".toml")) {
            return one(SETTINGS);
        }
        return one(file.endsWith(".py") ? PYTHON : file.endsWith(".sql") ? SQL : YAML);
    }

    private String textFor(String file) {
        Map<String, String> open = editor.openTexts();
        if (open.containsKey(file) && random.nextBoolean()) {
            return open.getOrDefault(file, "");
        }
        String text = onDisk(file);
        int at = place(text);
        return whole(text.substring(0, at)) + named(snippet(file)) + whole(text.substring(at));
    }

    private String onDisk(String file) {
        return editor.disk.isFile(file) ? editor.disk.read(file) : "";
    }

    /** What another program may have made: the text of some file, or a piece of one. */
    private String onDisk() {
        String text = onDisk(file());
        return random.nextInt(3) == 0 ? whole(text.substring(place(text))) : text;
    }

    /** Without halves of characters, which no editor makes. */
    private static String whole(String piece) {
        return piece.replaceAll("\\p{Cs}", "");
    }

    private String named(String snippet) {
        String text = snippet;
        while (text.contains("NAME")) {
            text = text.replaceFirst("NAME", name());
        }
        return text;
    }

    private String name() {
        String file = file();
        String name = file.substring(file.lastIndexOf('/') + 1).replaceAll("\\..*", "");
        return random.nextInt(6) == 0 || name.isEmpty() ? "nothing" + random.nextInt(3) : name;
    }

    private List<String> files() {
        List<String> files = new ArrayList<>();
        roots.forEach(root -> files.addAll(editor.disk.files(root)));
        return files.isEmpty() ? List.of(roots.get(0) + "/models/only.py") : files;
    }

    private String file() {
        return one(files());
    }

    /** A file of the same kind. */
    private String like(String file) {
        String end = file.substring(file.lastIndexOf('.') + 1);
        List<String> like = files().stream().filter(f -> f.endsWith(end)).toList();
        return like.isEmpty() ? file : one(like);
    }

    private String properties() {
        return like("models.yml");
    }

    private String newFile() {
        String like = file();
        String end = one(List.of(".py", ".py", ".sql", ".sql", ".yml", ".csv", ".txt"));
        return parent(like) + name() + one(List.of("", "", "_2", ".v2")) + end;
    }

    /** A file, or a folder that one is in. */
    private String place() {
        String file = file();
        String folder = parent(file).replaceAll("/$", "");
        return random.nextInt(4) == 0 && !roots.contains(folder) ? folder : file;
    }

    private String newPlace() {
        String like = place();
        return random.nextBoolean()
                ? parent(like) + "moved" + random.nextInt(3) + like.replaceAll("^[^.]*", "")
                : newFile();
    }

    private static String parent(String file) {
        return file.substring(0, file.lastIndexOf('/') + 1);
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
