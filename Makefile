# make run             the whole way of a pull request, on this machine, with a page to look at
# make run ONCE=1      the same, and ends by itself: 0 only if everything was seen
# make run JENKINS=1   the same through a real Jenkins, where the Jenkins artifacts resolve
# make test            all tests that this machine can run
# make fuzz            fuzzing of every parser, FUZZ_SECONDS (60) each
# make bench           how fast it is, beside other tools where they are installed; QUICK=1 for a first look
# make contract        our requests and the forge's answers against the providers' own API descriptions, taken by npm
# make hpi             the installable plugin, where the Jenkins artifacts resolve

MVN ?= mvn
JAR := runner/cli/target/scm-checks.jar
RUNNER_SOURCES := $(shell find runner -path '*/src/main/*' -type f 2>/dev/null) $(shell find runner -name pom.xml)

.PHONY: run test fuzz bench contract hpi jar clean

run: $(JAR)
	@exec java -jar $(JAR) demo $(if $(ONCE),--once) $(if $(PORT),--port $(PORT)) \
	  $(if $(JENKINS),--jenkins --maven "$$(MVN='$(MVN)' .ci/maven)")

test:
	@MVN='$(MVN)' .ci/test

fuzz:
	@$(MVN) -q -B -f runner/pom.xml -Pfuzz package -pl fuzz -am -DskipTests
	@status=0; mkdir -p runner/fuzz/target/found; cd runner/fuzz/target/found; \
	for target in ../../src/main/java/io/jenkins/plugins/scmchecks/fuzz/*Fuzz.java; do \
	  name=$$(basename $$target .java); echo "== $$name"; mkdir -p ../corpus/$$name; \
	  java -Xmx2g -cp "../classes:$$(cat ../classpath)" com.code_intelligence.jazzer.Jazzer \
	    --target_class=io.jenkins.plugins.scmchecks.fuzz.$$name --instrumentation_includes='io.jenkins.plugins.scmchecks.engine.**' \
	    ../corpus/$$name $$(ls -d ../../seeds/$$name 2>/dev/null) -max_total_time=$(or $(FUZZ_SECONDS),60) -timeout=10 -print_final_stats=0 \
	    > $$name.log 2>&1 || { status=1; grep -E -m 6 '^(==|  at|java|ERROR|Exception|Caused)|timeout' $$name.log; }; \
	  grep -E -m 1 'DONE' $$name.log || true; \
	done; exit $$status

bench: $(JAR)
	@$(MVN) -q -B -f runner/pom.xml -Pbench package -pl benchmarks -am -DskipTests
	@QUICK='$(QUICK)' runner/benchmarks/bench

contract:
	@MVN='$(MVN)' .ci/contract

jar: $(JAR)

$(JAR): $(RUNNER_SOURCES)
	@echo "Building $(JAR) …"
	@$(MVN) -q -B -f runner/pom.xml package -pl cli -am -DskipTests
	@touch $(JAR)

hpi:
	@mvn39="$$(MVN='$(MVN)' .ci/maven)" && "$$mvn39" -q -B package -DskipTests && ls -l target/scm-checks.hpi

clean:
	rm -rf target runner/target runner/*/target .tools
