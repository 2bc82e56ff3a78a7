package io.jenkins.plugins.scmchecks.engine.analysis.report;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** Opens reports as UTF-8 without a byte-order mark, whether they are compressed with gzip, or UTF-16, or neither. */
final class ReportBytes {

    private ReportBytes() {}

    /**
     * @param limit of the bytes after decompression
     * @return a stream that fails with {@link TooLargeException} past the limit
     */
    static InputStream open(ReportReader.Source source, long limit) throws IOException {
        InputStream raw = source.open();
        try {
            InputStream in = buffered(raw);
            if (startsWith(in, 0x1f, 0x8b)) {
                in = buffered(new GZIPInputStream(in, 1 << 16));
            }
            in = buffered(new Limited(in, limit));
            if (startsWith(in, 0xef, 0xbb, 0xbf)) {
                in.skipNBytes(3);
            } else if (startsWith(in, 0xff, 0xfe) || startsWith(in, 0xfe, 0xff)) {
                return new Transcoded(in, StandardCharsets.UTF_16);
            } else if (startsWith(in, '{', 0)) {
                return new Transcoded(in, StandardCharsets.UTF_16LE);
            } else if (startsWith(in, 0, '{')) {
                return new Transcoded(in, StandardCharsets.UTF_16BE);
            }
            return in;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static InputStream buffered(InputStream in) {
        return new BufferedInputStream(in, 1 << 13);
    }

    private static boolean startsWith(InputStream in, int... mark) throws IOException {
        in.mark(mark.length);
        boolean same = true;
        for (int expected : mark) {
            same = same && in.read() == expected;
        }
        in.reset();
        return same;
    }

    /** More bytes than the limit allows. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(long limit) {
            super("is larger than " + (limit >= 1 << 20 ? (limit >> 20) + " MB" : limit + " bytes")
                    + "; what comes after was left out");
        }
    }

    private static final class Limited extends FilterInputStream {
        private final long limit;
        private long count;

        Limited(InputStream in, long limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count += Math.max(0, read);
            if (count > limit) {
                throw new TooLargeException(limit);
            }
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    /** Some tools on Windows write UTF-16. */
    private static final class Transcoded extends InputStream {
        private final Reader reader;
        private final CharsetEncoder encoder = StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private final CharBuffer chars = CharBuffer.allocate(1 << 12);
        private final ByteBuffer bytes = ByteBuffer.allocate(1 << 14).flip();
        private boolean ended;

        Transcoded(InputStream in, Charset charset) {
            reader = new InputStreamReader(in, charset);
        }

        @Override
        public int read() throws IOException {
            return fill() ? bytes.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, bytes.remaining());
            bytes.get(target, offset, count);
            return count;
        }

        private boolean fill() throws IOException {
            while (!bytes.hasRemaining() && !ended) {
                ended = reader.read(chars) < 0;
                chars.flip();
                bytes.clear();
                encoder.encode(chars, bytes, ended);
                chars.compact();
                bytes.flip();
            }
            return bytes.hasRemaining();
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
