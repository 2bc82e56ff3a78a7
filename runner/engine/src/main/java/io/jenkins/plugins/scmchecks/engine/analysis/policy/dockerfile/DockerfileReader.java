package io.jenkins.plugins.scmchecks.engine.analysis.policy.dockerfile;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.ResourceReader;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads Dockerfiles. Each gives a resource of the type {@code Dockerfile}, one {@code stage} for each of its stages
 * ({@code stage/build}), and one for each instruction, its type the keyword ({@code stage/build/RUN}).
 */
public final class DockerfileReader implements ResourceReader {

    public static final String PLATFORM = "dockerfile";

    private static final Pattern NAME = Pattern.compile(
            "(?:dockerfile|containerfile)(?:[.-][\\w.-]+)?|[\\w.-]+[.](?:dockerfile|containerfile)");
    private static final Pattern OTHER = Pattern.compile(
            ".*\\.(?:dockerignore|containerignore|md|txt|j2|jinja2?|erb|tmpl|tpl|template|in|ejs|mustache|bak|orig"
                    + "|swp|sh|py|go|js|ts|rb|java|json|ya?ml|html|toml)");

    @Override
    public String platform() {
        return PLATFORM;
    }

    @Override
    public Session open(AnalysisContext context) {
        return new ReadingSession();
    }

    private static final class ReadingSession implements Session {

        @Override
        public boolean wants(String path) {
            String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
            return (name.contains("dockerfile") || name.contains("containerfile"))
                    && NAME.matcher(name).matches()
                    && !OTHER.matcher(name).matches();
        }

        @Override
        public Optional<String> basis(String path) {
            return Optional.of("");
        }

        @Override
        public void read(SourceFile file, Consumer<Resource> resources, FindingSink notices) {
            try {
                DockerfileParser.Parsed parsed = DockerfileParser.parse(file.lenientText());
                if (parsed.problem() != null) {
                    notices.notice(Notice.warning(
                            file.path(), "not wholly read as a Dockerfile: " + parsed.problem()));
                }
                List<Stages.Stage> stages = Stages.of(parsed.instructions());
                if (!stages.isEmpty()) {
                    give(file.path(), stages, resources);
                }
            } catch (DockerfileParser.NotADockerfile e) {
                notices.notice(Notice.warning(file.path(), "not read as a Dockerfile: " + e.getMessage()));
            }
        }

        private static void give(String path, List<Stages.Stage> stages, Consumer<Resource> resources) {
            List<Node.Mapping> bodies = stages.stream().map(Stages.Stage::body).toList();
            Node.Mapping last = bodies.get(bodies.size() - 1);
            Node.Mapping whole = new Bodies.Builder()
                    .put("stages", new Node.Sequence(List.copyOf(bodies), bodies.get(0).region()))
                    .put("final", last)
                    .build(last.region());
            String name = path.substring(path.lastIndexOf('/') + 1);
            resources.accept(resource("Dockerfile", name, path, last.region(), whole));
            for (int i = 0; i < stages.size(); i++) {
                String stage = "stage/" + stages.get(i).name();
                resources.accept(resource("stage", stage, path, bodies.get(i).region(), bodies.get(i)));
                for (Node.Mapping instruction : stages.get(i).instructions()) {
                    String keyword = String.valueOf(((Node.Scalar) instruction.get("instruction")).value());
                    resources.accept(resource(keyword, stage + "/" + keyword, path, instruction.region(), instruction));
                }
            }
        }

        private static Resource resource(String type, String address, String path, Region region, Node.Mapping body) {
            return new Resource(PLATFORM, type, address, path, region, body);
        }
    }
}
