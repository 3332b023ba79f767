package dev.rivulet.upload.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTest {
    @ParameterizedTest
    @CsvSource({
        "http://example.com,false,example.com,80,/",
        "HTTPS://Example.COM/a/b.mp4?x=1&y=%20#part,true,example.com,443,/a/b.mp4?x=1&y=%20",
        "https://example.com:8443/a,true,example.com,8443,/a",
        "http://[2001:db8::1]:81/a,false,2001:db8::1,81,/a",
        "http://my_bucket.example.com/a,false,my_bucket.example.com,80,/a",
        "http://example.com?x,false,example.com,80,/?x",
        "http://example.com/zwei Wörter.mp4,false,example.com,80,/zwei%20W%C3%B6rter.mp4",
        "http://müller.example/a,false,xn--mller-kva.example,80,/a",
        "http://example.com/a|b,false,example.com,80,/a%7Cb",
        "' http://example.com/a ',false,example.com,80,/a",
    })
    void readsLinks(String text, boolean tls, String host, int port, String target) {
        assertThat(Link.parse(text)).contains(new Link(tls, host, port, target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com/a",
                "//example.com/a",
                "/a",
                "ftp://example.com/a",
                "file:///etc/passwd",
                "data:,x",
                "gopher://127.0.0.1:6379/_x",
                "jar:http://example.com!/a",
                "http:",
                "http://",
                "http:///a",
                "http:a",
                "http://user@example.com/a",
                "http://user:word@example.com/a",
                "http://example.com:0/a",
                "http://example.com:65536/a",
                "http://example.com:x/a",
                "http://exa%6dple.com/a",
                "http://a\\@b/c",
                "http://example.com\\@127.0.0.1/a",
                "http://[fe80::1%25eth0]/a",
                "http://[::1/a",
                "http://a b/c",
                "http://example.com/\r\nHost: x",
                "http://example.com/%zz",
                "http://.example.com/"
            })
    void refusesEverythingElse(String text) {
        assertThat(Link.parse(text)).isEmpty();
    }

    @Test
    void refusesWhatNoServerReads() {
        assertThat(Link.parse("http://example.com/" + "a".repeat(4096))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "b.mp4,http://example.com/x/b.mp4",
        "/b.mp4,http://example.com/b.mp4",
        "../b.mp4?q,http://example.com/b.mp4?q",
        "?q=2,http://example.com/x/a.mp4?q=2",
        "//other.example/b,http://other.example/b",
        "https://other.example:444/b,https://other.example:444/b",
        "zwei Wörter,http://example.com/x/zwei%20W%C3%B6rter",
    })
    void followsRedirects(String location, String expected) {
        Link link = Link.parse("http://example.com/x/a.mp4?q=1").orElseThrow();
        assertThat(link.resolve(location)).isEqualTo(Link.parse(expected)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://example.com/", "http://u:p@example.com/", "http://[::1"})
    void followsNoneToElsewhere(String location) {
        assertThat(Link.parse("http://example.com/a").orElseThrow().resolve(location))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com/a/Zwei%20W%C3%B6rter.mp4?x/y,Zwei Wörter.mp4",
        "http://example.com/a+b.mp4,a+b.mp4",
        "http://example.com/a/,example.com",
        "http://example.com,example.com",
    })
    void knowsWhatTheFileIsCalled(String text, String name) {
        assertThat(Link.parse(text).map(Link::fileName)).contains(name);
    }

    @Test
    void tellsNoSecrets() {
        Optional<Link> link = Link.parse("https://example.com:8443/secret/a.mp4?signature=abc");
        assertThat(link.orElseThrow()).hasToString("https://example.com:8443");
    }
}
