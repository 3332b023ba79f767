package dev.rivulet.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rivulet.bus.Fault;
import dev.rivulet.testing.Form;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormParserTest {
    private static final String TRICKY =
            "\r\n--\r\n" + Form.BOUNDARY.substring(0, 9) + "\r\n--" + Form.BOUNDARY.substring(3);

    @Test
    void findsTheSamePartsHoweverTheBytesArrive() {
        String body = new Form()
                .field("title", "Fluß")
                .file("a \\\"b\\\".mp4", TRICKY)
                .file("empty", "")
                .body();
        List<String> expected = List.of("title/null=Fluß", "file/a \"b\".mp4=" + TRICKY, "file/empty=");
        byte[] bytes = Buffer.buffer(body).getBytes();
        for (int size = 1; size <= bytes.length; size++) {
            Heard heard = new Heard();
            FormParser parser = new FormParser(Form.BOUNDARY, heard);
            for (int at = 0; at < bytes.length; at += size) {
                parser.feed(Buffer.buffer().appendBytes(bytes, at, Math.min(size, bytes.length - at)));
            }
            assertThat(heard.parts).as("in pieces of " + size).isEqualTo(expected);
            assertThat(parser.complete()).isTrue();
            assertThat(parser.consumed()).isEqualTo(bytes.length);
        }
    }

    @Test
    void saysHowLongAFileWillBeWhenItIsTheLastPart() {
        String body = new Form().field("title", "x").file("film.mp4", "12345").body();
        List<Long> sizes = new ArrayList<>();
        FormParser[] parser = new FormParser[1];
        parser[0] = new FormParser(Form.BOUNDARY, new Heard() {
            @Override
            public void partBegins(PartHead head) {
                sizes.add(body.length() - parser[0].consumed() - parser[0].tail());
            }
        });
        parser[0].feed(Buffer.buffer(body));
        assertThat(sizes.get(1)).isEqualTo(5);
    }

    @Test
    void isNotCompleteBeforeTheLastBoundary() {
        FormParser parser = new FormParser(Form.BOUNDARY, new Heard());
        parser.feed(Buffer.buffer(new Form().file("film.mp4", "bytes").open()));
        assertThat(parser.complete()).isFalse();
    }

    @Test
    void refusesWhatIsNoForm() {
        FormParser prose = new FormParser(Form.BOUNDARY, new Heard());
        assertThatThrownBy(() -> prose.feed(Buffer.buffer("no form ".repeat(2000))))
                .isInstanceOf(Fault.class);
        FormParser endless = new FormParser(Form.BOUNDARY, new Heard());
        String header = "--" + Form.BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + "x".repeat(10_000);
        assertThatThrownBy(() -> endless.feed(Buffer.buffer(header))).isInstanceOf(Fault.class);
        FormParser crowd = new FormParser(Form.BOUNDARY, new Heard());
        Form form = new Form();
        for (int i = 0; i < 40; i++) {
            form.field("f" + i, "x");
        }
        assertThatThrownBy(() -> crowd.feed(Buffer.buffer(form.body()))).hasMessageContaining("parts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/form-data; boundary=abc|abc",
                "multipart/form-data; charset=utf-8; Boundary=\"a b\"|a b",
                "multipart/form-data|",
                "multipart/form-data; boundary=|",
            })
    void readsTheBoundary(String contentType, String boundary) {
        assertThat(FormParser.boundary(contentType)).isEqualTo(boundary);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "form-data; name=\"file\"; filename=\"C:\\dir\\x.mp4\"|C:\\dir\\x.mp4",
                "form-data; name=\"file\"; filename=\"a%22b.mp4\"|a\"b.mp4",
                "form-data; name=file; filename=x.mp4|x.mp4",
                "form-data; name=\"file\"; filename=\"x\"; filename*=UTF-8''Flu%C3%9F.mp4|Fluß.mp4",
                "form-data; name=\"file\"; filename=\"a;b=c.mp4\"|a;b=c.mp4",
            })
    void readsFileNames(String disposition, String fileName) {
        assertThat(PartHead.parse("\r\ncontent-disposition: " + disposition).fileName())
                .isEqualTo(fileName);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../../x.mp4|x.mp4|x",
                "C:\\dir\\Mein Film.mkv|Mein Film.mkv|Mein Film",
                "..|video|video",
                "|video|video",
                ".mp4|.mp4|.mp4",
                "v1.0 final|v1.0 final|v1.0 final",
                "a.verylongextension|a.verylongextension|a.verylongextension",
            })
    void makesATextOfAFileName(String sent, String text, String title) {
        FileName name = FileName.of(sent);
        assertThat(name.text()).isEqualTo(text);
        assertThat(name.title()).isEqualTo(title);
    }

    private static class Heard implements FormParser.Sink {
        final List<String> parts = new ArrayList<>();
        private String head = "";
        private Buffer content = Buffer.buffer();

        @Override
        public void partBegins(PartHead begun) {
            head = begun.name() + "/" + begun.fileName();
            content = Buffer.buffer();
        }

        @Override
        public void partContent(Buffer bytes) {
            content.appendBuffer(bytes);
        }

        @Override
        public void partEnds() {
            parts.add(head + "=" + content);
        }
    }
}
