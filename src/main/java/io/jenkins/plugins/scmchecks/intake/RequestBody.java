package io.jenkins.plugins.scmchecks.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads a request's body within a size and a time. */
final class RequestBody {

    private final int maxBytes;
    private final Duration maxTime;

    /**
     * @param maxBytes the largest body that is read
     * @param maxTime that a sender has for all of it; looked at whenever bytes arrive, while the servlet container
     *     itself ends a connection on which nothing does
     */
    RequestBody(int maxBytes, Duration maxTime) {
        this.maxBytes = maxBytes;
        this.maxTime = maxTime;
    }

    /** The body is larger than is taken. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The sender took longer than it may. */
    static final class TooSlowException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @throws TooLargeException before anything is read when the sender says so, or else as soon as it shows
     * @throws TooSlowException when the time is over
     */
    byte[] read(HttpServletRequest request) throws IOException {
        long announced = request.getContentLengthLong();
        if (announced > maxBytes) {
            throw new TooLargeException();
        }
        long deadline = System.nanoTime() + maxTime.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream(announced > 0 ? (int) Math.min(announced, 1 << 20) : 8192);
        byte[] buffer = new byte[8192];
        InputStream in = request.getInputStream();
        int count;
        while ((count = in.read(buffer)) >= 0) {
            if (body.size() + count > maxBytes) {
                throw new TooLargeException();
            }
            if (System.nanoTime() > deadline) {
                throw new TooSlowException();
            }
            body.write(buffer, 0, count);
        }
        return body.toByteArray();
    }
}
