package io.jenkins.plugins.scmchecks.engine.analysis.policy.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.TestTree;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileReaderTest {

    @ParameterizedTest
    @CsvSource({
        "Dockerfile,true", "app/Dockerfile.prod,true", "build.dockerfile,true", "Containerfile,true",
        "Dockerfile-dev,true", "web.Dockerfile,true", ".dockerignore,false", "Dockerfile.md,false",
        "Dockerfile.j2,false", "dockerfile_test.go,false", "Dockerfile.dockerignore,false", "Makefile,false"
    })
    void shouldKnowADockerfileByItsName(String path, boolean expected) {
        assertThat(new DockerfileReader().open(new TestTree().context()).wants(path)).isEqualTo(expected);
    }

    @Test
    void shouldGiveTheFileItsStagesAndEachInstruction() throws Exception {
        // Given
        String text = "FROM golang:1.23 AS build\nRUN make\nFROM debian:12\nCOPY --from=build /a /a\nUSER 1000:50\n";

        // When
        TestTree.Outcome outcome = read(text);

        // Then
        assertThat(outcome.resources).extracting(Resource::address).containsExactly(
                "Dockerfile", "stage/build", "stage/build/FROM", "stage/build/RUN",
                "stage/1", "stage/1/FROM", "stage/1/COPY", "stage/1/USER");
        Node.Mapping last = outcome.resource("stage/1").body();
        assertThat(value(last.get("final"))).isEqualTo(true);
        assertThat(value(((Node.Mapping) last.get("last_user")).get("user"))).isEqualTo("1000");
        assertThat(value(outcome.resource("stage/1/COPY").body().get("from_stage"))).isEqualTo(true);
    }

    @Test
    void shouldJoinContinuedLinesAndKnowWhereTheirWordsStand() throws Exception {
        // Given
        String text = "FROM debian:12\nRUN apt-get update \\\n# why\n\n  && \\  \n  sudo  'ls' -l\nUSER app\n";

        // When
        TestTree.Outcome outcome = read(text);

        // Then
        Resource run = outcome.resource("stage/0/RUN");
        Node.Mapping sudo = (Node.Mapping) ((Node.Sequence) run.body().get("commands")).items().get(1);
        assertThat(run.region()).isEqualTo(new Region(2, 1, 6, 16));
        assertThat(value(sudo.get("name"))).isEqualTo("sudo");
        assertThat(sudo.region()).isEqualTo(new Region(6, 3, 6, 7));
        assertThat(outcome.resource("stage/0/USER").region().startLine()).isEqualTo(7);
    }

    @Test
    void shouldRespectTheEscapeDirective() throws Exception {
        TestTree.Outcome outcome = read("# escape=`\nFROM windows:1\nWORKDIR c:\\\nRUN dir `\n  c:\\\n");
        assertThat(outcome.resources).extracting(Resource::type).containsSequence("FROM", "WORKDIR", "RUN");
    }

    @Test
    void shouldReadHeredocs() throws Exception {
        // Given
        String text = "FROM debian:12\nRUN <<EOF\napt-get update\nFROM here | sh\nEOF\nCOPY <<a.txt <<-\"b.txt\" /x/\none\na.txt\ntwo\n\tb.txt\n"
                + "RUN cat <<< word && python3 - <<PY\nprint(1)\nPY\nUSER app\n";

        // When
        TestTree.Outcome outcome = read(text);

        // Then
        assertThat(outcome.resources).extracting(Resource::type)
                .containsExactly("Dockerfile", "stage", "FROM", "RUN", "COPY", "RUN", "USER");
        assertThat(names(outcome.resources.get(3).body())).containsExactly("apt-get", "FROM", "sh");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            FROM debian                          ; debian        ; null ; null
            FROM debian:12 AS x                  ; debian        ; 12   ; null
            FROM localhost:5000/a/b              ; localhost:5000/a/b ; null ; null
            FROM --platform=linux/amd64 a:1@sha256:ab ; a        ; 1    ; sha256:ab
            FROM ${R:-r.io}/a:1                  ; r.io/a        ; 1    ; null
            FROM $V                              ; ?             ; ?    ; ?
            FROM node:${V}                       ; node          ; ?    ; ?
            FROM ${V}/a                          ; ?             ; null ; null
            """)
    void shouldTakeAnImagesNameApart(String from, String name, String tag, String digest) throws Exception {
        Node.Mapping body = read("ARG V\n" + from + "\n").resource("stage/" + (from.endsWith("x") ? "x" : "0") + "/FROM").body();
        assertThat(List.of(shown(body.get("name")), shown(body.get("tag")), shown(body.get("digest"))))
                .containsExactly(name, tag, digest);
    }

    @Test
    void shouldExpandWhatTheFileSets() throws Exception {
        // Given
        String text = "ARG V=1\nFROM a:$V AS one\nARG V\nARG W=w\nENV H=/home X=$W \"Q=a b\"\nWORKDIR $H/$V\nFROM one\nWORKDIR ${H}\nUSER $UNSET\n";

        // When
        TestTree.Outcome outcome = read(text);

        // Then
        assertThat(shown(outcome.resource("stage/one/WORKDIR").body().get("directory"))).isEqualTo("/home/1");
        assertThat(shown(outcome.resource("stage/1/WORKDIR").body().get("directory"))).isEqualTo("/home");
        assertThat(shown(outcome.resource("stage/1/USER").body().get("user"))).isEqualTo("?");
        Node.Sequence variables = (Node.Sequence) outcome.resource("stage/one/ENV").body().get("variables");
        assertThat(variables.items()).extracting(item -> shown(((Node.Mapping) item).get("value")))
                .containsExactly("/home", "w", "a b");
    }

    @Test
    void shouldTellJsonFromShellForm() throws Exception {
        TestTree.Outcome outcome = read("FROM a:1\nCMD [\"/bin/app\", \"-x\"]\nENTRYPOINT [ $x ]\n");
        assertThat(value(outcome.resource("stage/0/CMD").body().get("form"))).isEqualTo("exec");
        assertThat(names(outcome.resource("stage/0/CMD").body())).containsExactly("app");
        assertThat(value(outcome.resource("stage/0/ENTRYPOINT").body().get("form"))).isEqualTo("shell");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
            a && b || c ~ a b c
            A=1 B="x y" a -v ~ a
            if [ -f x ]; then a; else b; fi ~ [ a b
            (cd x && a) & b ~ cd a b
            a | sudo -E b ~ a sudo b
            sh -c 'a | b' ~ sh a b
            a "$(b c)" `d` ~ b d a
            a 2>&1 &>x >&2 ~ a
            a # b ~ a
            a '&& b' "| c" \\&\\& d ~ a
            /usr/bin/a ~ a
            """)
    void shouldFindTheCommandsOfAScript(String script, String expected) throws Exception {
        // When
        TestTree.Outcome outcome = read("FROM a:1\nRUN " + script + "\n");

        // Then
        assertThat(String.join(" ", names(outcome.resource("stage/0/RUN").body()))).isEqualTo(expected);
    }

    /** Each of these took minutes, or would have, with a reader that looks at the rest again for each part. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
            RUN ~ --a
            RUN ~ <<A
            RUN ~ $(
            RUN ~ `a
            RUN ~ (
            ENV ~ A=$A$A
            """)
    void shouldNotTakeLongForManyParts(String keyword, String part) throws Exception {
        String text = "FROM a:1\n" + keyword + " " + (part + " ").repeat(900_000 / (part.length() + 1)) + "\n";
        assertThat(read(text).resources).extracting(Resource::type).contains(keyword);
    }

    @Test
    void shouldSayWhyItIsNoDockerfile() throws Exception {
        assertThat(read("FROM a:1\nRUNN x\n").notices).singleElement().asString().contains("line 2", "RUNN");
        assertThatThrownBy(() -> DockerfileParser.parse("#".repeat(DockerfileParser.MAX_CHARACTERS + 1)))
                .isInstanceOf(DockerfileParser.NotADockerfile.class);
        assertThatThrownBy(() -> DockerfileParser.parse("USER a\n".repeat(DockerfileParser.MAX_INSTRUCTIONS + 1)))
                .isInstanceOf(DockerfileParser.NotADockerfile.class);
    }

    @Test
    void shouldReadWhatStandsAroundALineThatIsNoInstruction() throws Exception {
        assertThat(read("FROM a:1\nUSER b\n~\nRUN c\n").resources).extracting(Resource::type)
                .contains("USER", "RUN");
        assertThat(read("hello\nFROM a:1\n").resources).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            apt-get install -y -t stable curl=7.* git       ; apt ; curl=7.* | git?
            apt-get install -y ./a.deb "$MORE"              ; apt ; $MORE%
            apk add --virtual .build --no-cache a=~1 b      ; apk ; a=~1 | b?
            pip3 install --trusted-host pypi a==1 b[x] .    ; pip ; a==1 | b[x]?
            pip install -r requirements.txt                 ; pip ; -
            pip install flask -c constraints.txt            ; pip ; -
            python3 -m pip install git+https://h/a.git@v1   ; pip ; git+https://h/a.git@v1
            npm install -g typescript@5.6.3 eslint ./local  ; npm ; typescript@5.6.3 | eslint?
            yarn add a@latest @s/b@1                        ; npm ; a@latest? | @s/b@1
            gem install rake -v 13.0.6                      ; gem ; rake
            zypper in -y git httpd-2.4 > /dev/null          ; rpm ; git? | httpd-2.4
            dnf group install -y "Development Tools"        ; rpm ; -
            go install golang.org/x/tools/gopls@latest      ; go  ; golang.org/x/tools/gopls@latest?
            go install ./...                                ; go  ; -
            """)
    void shouldKnowWhatIsInstalledAndWhetherItsVersionIsPinned(String command, String manager, String expected)
            throws Exception {
        // When
        Node.Mapping run = read("FROM a:1\nRUN " + command + "\n").resource("stage/0/RUN").body();
        Node.Mapping read = (Node.Mapping) ((Node.Sequence) run.get("commands")).items().get(0);

        // Then: a question mark stands for no version, a percent sign for one that is not known
        assertThat(value(read.get("manager"))).isEqualTo(manager);
        List<String> packages = ((Node.Sequence) read.get("packages")).items().stream()
                .map(Node.Mapping.class::cast)
                .map(one -> value(one.get("name")) + (one.get("version") == null ? "?"
                        : one.get("version") instanceof Node.Unknown ? "%" : ""))
                .toList();
        assertThat(String.join(" | ", packages)).isEqualTo(expected.equals("-") ? "" : expected);
    }

    @Test
    void shouldKnowVariablesOfCommandsAndWhichStagesAreShipped() throws Exception {
        // When
        TestTree.Outcome outcome = read("FROM a:1 AS tools\nRUN make\nFROM b:1 AS base\nRUN A=1 B=$C make && export D=2\n"
                + "FROM base\nCOPY --from=tools /a /a\n");

        // Then
        Node.Sequence variables = (Node.Sequence) outcome.resource("stage/base/RUN").body().get("variables");
        assertThat(variables.items()).extracting(one -> value(((Node.Mapping) one).get("name")))
                .containsExactly("A", "B", "D");
        assertThat(((Node.Mapping) variables.items().get(1)).get("value")).isInstanceOf(Node.Unknown.class);
        assertThat(value(outcome.resource("stage/tools/RUN").body().get("_shipped"))).isEqualTo(false);
        assertThat(value(outcome.resource("stage/base/RUN").body().get("_shipped"))).isEqualTo(true);
    }

    @Test
    void shouldEndWhateverItIsGiven() throws Exception {
        // Given
        String seed = "# escape=\\\nARG A=1\nFROM --platform=x a:${A:-2}@sha256:0 AS b\nRUN <<E x && y \"$(z `w`)\" | sh -c 'a' \\\n # c\n  (d)\nE\n"
                + "COPY --from=b [\"a\", \"b\"] /c/\nENV A=b \"C=d e\" F\nEXPOSE 80/tcp $P\nUSER a:b\nHEALTHCHECK NONE\nCMD [\"a\"]\n";
        String parts = "\"'`$(){}[]<>|&;\\=:/@# \n\t\r-\u0000\uD800aE0";
        Random random = new Random(1);

        // When, Then
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder(seed);
            for (int i = random.nextInt(8); i >= 0; i--) {
                int at = random.nextInt(text.length());
                text.replace(at, Math.min(text.length(), at + random.nextInt(4)),
                        String.valueOf(parts.charAt(random.nextInt(parts.length()))));
            }
            TestTree.Outcome outcome = read(text.toString());
            int lines = (int) text.chars().filter(c -> c == '\n').count() + 1;
            assertThat(outcome.resources).allMatch(resource -> resource.region().endLine() <= lines);
        }
    }

    private static TestTree.Outcome read(String text) throws InterruptedException {
        return new TestTree().with("Dockerfile", text).read(new DockerfileReader());
    }

    private static List<String> names(Node.Mapping body) {
        return ((Node.Sequence) body.get("commands")).items().stream()
                .map(command -> String.valueOf(value(((Node.Mapping) command).get("name"))))
                .toList();
    }

    private static String shown(Node node) {
        return node instanceof Node.Unknown ? "?" : String.valueOf(node == null ? null : value(node));
    }

    private static Object value(Node node) {
        return ((Node.Scalar) node).value();
    }
}
