package dev.dvtls.python;

import java.util.Arrays;

/**
 * The words of one text, each kept once: an open-addressing table from characters to string and
 * kind. Keywords are in it from the start.
 */
final class Names {
    private static final Names KEYWORDS = keywords();

    private String[] words;
    private int[] hashes;
    private byte[] kinds;

    /** The characters of the words one after another, which compare faster than strings. */
    private char[] characters;

    private int used;

    /** Where the characters of a word begin. */
    private int[] starts;

    private int size;

    private Names(
            String[] words,
            int[] hashes,
            byte[] kinds,
            char[] characters,
            int used,
            int[] starts,
            int size) {
        this.words = words;
        this.hashes = hashes;
        this.kinds = kinds;
        this.characters = characters;
        this.used = used;
        this.starts = starts;
        this.size = size;
    }

    /** A table that holds the keywords only. */
    static Names create() {
        return new Names(
                KEYWORDS.words.clone(),
                KEYWORDS.hashes.clone(),
                KEYWORDS.kinds.clone(),
                KEYWORDS.characters.clone(),
                KEYWORDS.used,
                KEYWORDS.starts.clone(),
                KEYWORDS.size);
    }

    private static Names keywords() {
        Names names =
                new Names(
                        filled(512),
                        new int[512],
                        new byte[512],
                        new char[2048],
                        0,
                        new int[512],
                        0);
        for (int i = 0; i < Tok.KEYWORDS.length; i++) {
            char[] word = Tok.KEYWORDS[i].toCharArray();
            int hash = 0;
            for (char c : word) {
                hash = hash * 31 + c;
            }
            names.kinds[names.slot(word, 0, word.length, hash)] = (byte) (Tok.FALSE + i);
        }
        return names;
    }

    private static String[] filled(int length) {
        String[] words = new String[length];
        Arrays.fill(words, "");
        return words;
    }

    /** Where a word is kept, put there if it is new; {@code hash} is that of a Java string. */
    int slot(char[] source, int start, int length, int hash) {
        int[] table = hashes;
        int mask = table.length - 1;
        int i = (hash ^ hash >>> 15) & mask;
        while (true) {
            if (table[i] == hash) {
                int there = words[i].length();
                if (there == length && same(starts[i], source, start, length)) {
                    return i;
                }
                if (there == 0) {
                    return add(i, source, start, length, hash);
                }
            } else if (words[i].isEmpty()) {
                return add(i, source, start, length, hash);
            }
            i = (i + 1) & mask;
        }
    }

    String word(int slot) {
        return words[slot];
    }

    int kind(int slot) {
        return kinds[slot];
    }

    private boolean same(int from, char[] source, int start, int length) {
        char[] known = characters;
        for (int i = length - 1; i >= 0; i--) {
            if (known[from + i] != source[start + i]) {
                return false;
            }
        }
        return true;
    }

    private int add(int slot, char[] source, int start, int length, int hash) {
        if (used + length > characters.length) {
            characters = Arrays.copyOf(characters, Math.max(used * 2, used + length));
        }
        System.arraycopy(source, start, characters, used, length);
        starts[slot] = used;
        used += length;
        words[slot] = new String(source, start, length);
        hashes[slot] = hash;
        kinds[slot] = Tok.NAME;
        if (++size * 2 > words.length) {
            return grow(slot);
        }
        return slot;
    }

    private int grow(int wanted) {
        int mask = words.length * 2 - 1;
        String[] newWords = filled(mask + 1);
        int[] newHashes = new int[mask + 1];
        byte[] newKinds = new byte[mask + 1];
        int[] newStarts = new int[mask + 1];
        int moved = wanted;
        for (int i = 0; i < words.length; i++) {
            if (!words[i].isEmpty()) {
                int j = (hashes[i] ^ hashes[i] >>> 15) & mask;
                while (!newWords[j].isEmpty()) {
                    j = (j + 1) & mask;
                }
                newWords[j] = words[i];
                newHashes[j] = hashes[i];
                newKinds[j] = kinds[i];
                newStarts[j] = starts[i];
                if (i == wanted) {
                    moved = j;
                }
            }
        }
        words = newWords;
        hashes = newHashes;
        kinds = newKinds;
        starts = newStarts;
        return moved;
    }
}
