package io.jenkins.plugins.scmchecks.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;

/** Keeps what a client sends and gets. A request without an answer is not kept. */
final class Recorder implements Interceptor {

    private static final long MOST = 64L * 1024 * 1024;

    private final List<Exchange> exchanges = new ArrayList<>();

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        Buffer body = new Buffer();
        if (request.body() != null) {
            request.body().writeTo(body);
        }
        Response response = chain.proceed(request);
        keep(new Exchange(
                request.method(),
                request.url().encodedPath(),
                query(request.url()),
                request.headers().toMultimap(),
                body.readString(StandardCharsets.UTF_8),
                response.code(),
                response.headers().toMultimap(),
                response.peekBody(MOST).string()));
        return response;
    }

    private synchronized void keep(Exchange exchange) {
        exchanges.add(exchange);
    }

    /** {@return what was kept since the last call} */
    synchronized List<Exchange> take() {
        List<Exchange> taken = List.copyOf(exchanges);
        exchanges.clear();
        return taken;
    }

    private static Map<String, List<String>> query(HttpUrl url) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        url.queryParameterNames().forEach(name -> query.put(name, url.queryParameterValues(name).stream()
                .map(value -> value == null ? "" : value)
                .toList()));
        return query;
    }
}
