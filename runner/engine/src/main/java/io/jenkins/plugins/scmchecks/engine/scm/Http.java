package io.jenkins.plugins.scmchecks.engine.scm;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import okhttp3.Connection;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * The one place where HTTP clients are made. Every request has time limits, goes to http(s) only, and never follows a
 * redirect to another host, so that neither a credential nor a body with one gets there.
 */
public final class Http {

    /** Where clouds answer with the machine's own credentials, beside the link-local range. */
    private static final Set<String> METADATA = Set.of("100.100.100.200", "fd00:ec2:0:0:0:0:0:254");

    private Http() {}

    /** {@return a client that refuses link-local and cloud metadata addresses} */
    public static OkHttpClient client() {
        return client(new OkHttpClient.Builder(), false);
    }

    /**
     * @param base with what the surroundings set, such as a proxy
     * @param linkLocal whether link-local and cloud metadata addresses may be called
     */
    public static OkHttpClient client(OkHttpClient.Builder base, boolean linkLocal) {
        return base.connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ofSeconds(30))
                .writeTimeout(Duration.ofSeconds(30))
                .callTimeout(Duration.ofMinutes(2))
                // The client's own repetition would send a POST twice when only its answer was lost.
                .retryOnConnectionFailure(false)
                .addInterceptor(new ReadAgain())
                .followRedirects(true)
                .followSslRedirects(false)
                .addNetworkInterceptor(new Guard(linkLocal))
                .build();
    }

    /** A kept connection that the server has closed meanwhile fails at its next use: reading once more is harmless. */
    private record ReadAgain() implements Interceptor {

        @Override
        public Response intercept(Chain chain) throws IOException {
            try {
                return chain.proceed(chain.request());
            } catch (InterruptedIOException | UnknownHostException | ConnectException e) {
                throw e;
            } catch (IOException e) {
                if (!chain.request().method().equals("GET") || chain.call().isCanceled()) {
                    throw e;
                }
                return chain.proceed(chain.request());
            }
        }
    }

    /** Sees each request of a redirect chain after its connection is known and before anything is sent. */
    private record Guard(boolean linkLocal) implements Interceptor {

        @Override
        public Response intercept(Chain chain) throws IOException {
            HttpUrl asked = chain.call().request().url();
            HttpUrl now = chain.request().url();
            if (!asked.host().equals(now.host())
                    || asked.port() != now.port()
                    || !asked.scheme().equals(now.scheme())) {
                throw new IOException(asked.host() + " redirects to " + now.scheme() + "://" + now.host() + ":"
                        + now.port() + ", which is not followed with credentials; enter the address it redirects to");
            }
            Connection connection = chain.connection();
            if (!linkLocal && connection != null && isForbidden(connection.socket().getInetAddress())) {
                throw new IOException(now.host() + " is a link-local or metadata address, which is not allowed");
            }
            return chain.proceed(chain.request());
        }
    }

    static boolean isForbidden(InetAddress address) {
        return address != null
                && (address.isLinkLocalAddress()
                        || METADATA.contains(address.getHostAddress().toLowerCase(Locale.ROOT)));
    }
}
