package io.jenkins.plugins.scmchecks.forge.http;

import io.jenkins.plugins.scmchecks.forge.model.ForgeState;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee9.nested.Request;
import org.eclipse.jetty.ee9.servlet.FilterHolder;
import org.eclipse.jetty.ee9.servlet.ServletContextHandler;
import org.eclipse.jetty.ee9.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server: faults first, then git, then the dialect whose path it is. Records every request. */
public final class ForgeServer implements AutoCloseable {

    private final ForgeState state;
    private final RequestLog log;
    private final Faults faults;
    private final List<Dialect> dialects;
    private final Server server;
    private final ServerConnector connector;

    /** @param dialects the first that speaks a path answers */
    public ForgeServer(ForgeState state, RequestLog log, Faults faults, List<Dialect> dialects,
            List<GitAccess> accesses, int port) {
        this.state = state;
        this.log = log;
        this.faults = faults;
        this.dialects = dialects;
        QueuedThreadPool threads = new QueuedThreadPool(64, 4);
        threads.setName("forge");
        threads.setDaemon(true);
        server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        // A branch "feature/x" or a project "group/name" comes as one segment with %2F.
        configuration.setUriCompliance(UriCompliance.LEGACY);
        connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(context(new GitFilters(state, accesses)));
    }

    /** @throws IllegalStateException when the port is taken */
    public void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("The forge cannot listen on port " + connector.getPort(), e);
        }
    }

    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The forge does not stop", e);
        }
    }

    private ServletContextHandler context(GitFilters git) {
        ServletContextHandler context = new ServletContextHandler(null, "/", false, false);
        EnumSet<DispatcherType> requests = EnumSet.of(DispatcherType.REQUEST);
        context.addFilter(new FilterHolder(new Recorder()), "/*", requests);
        context.addFilter(new FilterHolder(git.access()), "/*", requests);
        context.addFilter(new FilterHolder(git.git()), "/*", requests);
        context.addServlet(new ServletHolder(new Dispatcher()), "/*");
        return context;
    }

    private final class Recorder implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            HttpServletRequest http = (HttpServletRequest) request;
            HttpServletResponse answer = (HttpServletResponse) response;
            Optional<Fault> fault = faults.next(http.getMethod(), Exchange.decode(http.getRequestURI()));
            boolean cut = false;
            try {
                cut = fault.isPresent() ? fail(fault.get(), http, answer, chain) : pass(http, answer, chain);
            } finally {
                log.add(new RecordedRequest(http.getMethod(), Exchange.decode(http.getRequestURI()),
                        Optional.ofNullable(http.getQueryString()).orElse(""), cut ? 0 : answer.getStatus(),
                        Exchange.caller(http), Math.max(0, http.getContentLengthLong()), Exchange.write(http)));
            }
        }

        private boolean pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(request, response);
            return false;
        }

        private boolean fail(Fault fault, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (fault instanceof Fault.Drop drop) {
                if (drop.afterwards()) {
                    answer(request);
                }
                Request.getBaseRequest(request).getHttpChannel().getEndPoint().close();
                return true;
            }
            if (fault instanceof Fault.Delay delay) {
                try {
                    Thread.sleep(delay.by().toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return pass(request, response, chain);
            }
            Fault.Reply reply = (Fault.Reply) fault;
            request.getInputStream().readAllBytes();
            Answer answer = Answer.text(reply.status(), reply.contentType(), reply.body());
            send(reply.retryAfter() == null ? answer
                    : answer.with("Retry-After", Long.toString(reply.retryAfter().toSeconds())), response);
            return false;
        }
    }

    private final class Dispatcher extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            send(answer(request), response);
        }
    }

    private Answer answer(HttpServletRequest request) throws IOException {
        Exchange exchange = Exchange.of(request);
        for (Dialect dialect : dialects) {
            if (dialect.speaks(exchange.rawPath())) {
                synchronized (state) {
                    return dialect.answer(exchange);
                }
            }
        }
        return Answer.text(404, "text/plain; charset=utf-8", "Not found\n");
    }

    private static void send(Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(header -> response.addHeader(header.name(), header.value()));
        if (answer.contentType() != null) {
            response.setContentType(answer.contentType());
            response.getOutputStream().write(answer.body());
        }
    }
}
