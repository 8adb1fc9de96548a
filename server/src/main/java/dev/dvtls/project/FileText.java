package dev.dvtls.project;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A file's text, or why there is none: one of the two is there. */
public record FileText(Optional<String> text, Optional<FileProblem> problem) {
    /** Reads a whole file as UTF-8; a byte order mark stays part of the text. */
    public static FileText read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return unreadable(file, "The file is gone, or a link that leads nowhere.");
        } catch (AccessDeniedException e) {
            return unreadable(file, "The file may not be read. Check its permissions.");
        } catch (IOException | OutOfMemoryError e) {
            return unreadable(file, "The file cannot be read: " + reason(e) + ".");
        }
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        out.flip();
        return result.isError()
                ? notUtf8(file, out)
                : new FileText(Optional.of(out.toString()), Optional.empty());
    }

    private static String reason(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static FileText unreadable(Path file, String message) {
        return unreadable(FileProblem.of(file, message));
    }

    private static FileText unreadable(FileProblem problem) {
        return new FileText(Optional.empty(), Optional.of(problem));
    }

    /**
     * @param before what was decoded up to the bad byte
     */
    private static FileText notUtf8(Path file, CharSequence before) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < before.length(); i++) {
            char c = before.charAt(i);
            if (c == '\n') {
                line++;
                column = 1;
            } else if (!Character.isLowSurrogate(c)) {
                column++;
            }
        }
        return unreadable(
                new FileProblem(
                        file, line, column, "The file is not UTF-8 here. Save it as UTF-8."));
    }
}
