package io.jenkins.plugins.scmchecks.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestBodyTest {

    private final RequestBody body = new RequestBody(1000, Duration.ofMinutes(1));

    @Test
    void shouldReadAllBytesUpToTheLimit() throws IOException {
        byte[] bytes = new byte[1000];
        bytes[999] = 42;

        assertThat(body.read(createRequest(1000, new ByteArrayInputStream(bytes)))).isEqualTo(bytes);
        assertThat(body.read(createRequest(-1, new ByteArrayInputStream(bytes)))).isEqualTo(bytes);
        assertThat(body.read(createRequest(0, InputStream.nullInputStream()))).isEmpty();
    }

    @Test
    void shouldNotReadWhatIsAnnouncedAsTooLarge() {
        InputStream untouchable = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("the body was read");
            }
        };

        assertThatThrownBy(() -> body.read(createRequest(1001, untouchable)))
                .isInstanceOf(RequestBody.TooLargeException.class);
    }

    @Test
    void shouldStopReadingWhatTurnsOutTooLarge() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };

        assertThatThrownBy(() -> body.read(createRequest(-1, endless))).isInstanceOf(RequestBody.TooLargeException.class);
        assertThatThrownBy(() -> body.read(createRequest(10, endless))).isInstanceOf(RequestBody.TooLargeException.class);
    }

    @Test
    void shouldCutOffASenderThatTrickles() {
        RequestBody impatient = new RequestBody(1000, Duration.ofNanos(1));
        InputStream drop = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                buffer[offset] = 'x';
                return 1;
            }
        };

        assertThatThrownBy(() -> impatient.read(createRequest(-1, drop))).isInstanceOf(RequestBody.TooSlowException.class);
    }

    private static HttpServletRequest createRequest(long length, InputStream in) {
        ServletInputStream stream = new ServletInputStream() {
            @Override
            public int read() throws IOException {
                return in.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int count) throws IOException {
                return in.read(buffer, offset, count);
            }

            @Override
            public boolean isFinished() {
                return false;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new IllegalStateException("not asynchronous");
            }
        };
        return (HttpServletRequest) Proxy.newProxyInstance(
                RequestBodyTest.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (p, method, args) ->
                        switch (method.getName()) {
                            case "getContentLengthLong" -> length;
                            case "getInputStream" -> stream;
                            default -> throw new AssertionError(method.getName());
                        });
    }
}
