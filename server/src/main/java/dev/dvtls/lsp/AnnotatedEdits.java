package dev.dvtls.lsp;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import org.eclipse.lsp4j.AnnotatedTextEdit;
import org.eclipse.lsp4j.TextEdit;
import org.jspecify.annotations.Nullable;

/** Keeps the annotation of an edit on the wire, which LSP4J 1.0 leaves out of document edits. */
final class AnnotatedEdits implements TypeAdapterFactory {
    private AnnotatedEdits() {}

    static void register(GsonBuilder builder) {
        builder.registerTypeAdapterFactory(new AnnotatedEdits());
    }

    @Override
    @SuppressWarnings("unchecked") // the raw type was compared
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        if (type.getRawType() != TextEdit.class) {
            return null;
        }
        TypeAdapter<TextEdit> plain = (TypeAdapter<TextEdit>) gson.getDelegateAdapter(this, type);
        TypeAdapter<AnnotatedTextEdit> annotated = gson.getAdapter(AnnotatedTextEdit.class);
        return (TypeAdapter<T>)
                new TypeAdapter<TextEdit>() {
                    @Override
                    public void write(JsonWriter out, TextEdit edit) throws IOException {
                        if (edit instanceof AnnotatedTextEdit one) {
                            annotated.write(out, one);
                        } else {
                            plain.write(out, edit);
                        }
                    }

                    @Override
                    public TextEdit read(JsonReader in) throws IOException {
                        JsonElement edit = gson.getAdapter(JsonElement.class).read(in);
                        return edit.isJsonObject() && edit.getAsJsonObject().has("annotationId")
                                ? annotated.fromJsonTree(edit)
                                : plain.fromJsonTree(edit);
                    }
                };
    }
}
