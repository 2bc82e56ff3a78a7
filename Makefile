# make run             the whole way of a pull request, on this machine, with a page to look at
# make run ONCE=1      the same, and ends by itself: 0 only if everything was seen
# make run JENKINS=1   the same through a real Jenkins, where the Jenkins artifacts resolve
# make test            all tests that this machine can run
# make hpi             the installable plugin, where the Jenkins artifacts resolve

MVN ?= mvn
JAR := runner/cli/target/scm-checks.jar
RUNNER_SOURCES := $(shell find runner -path '*/src/main/*' -type f 2>/dev/null) $(shell find runner -name pom.xml)

.PHONY: run test hpi jar clean

run: $(JAR)
	@exec java -jar $(JAR) demo $(if $(ONCE),--once) $(if $(PORT),--port $(PORT)) \
	  $(if $(JENKINS),--jenkins --maven "$$(MVN='$(MVN)' .ci/maven)")

test:
	@MVN='$(MVN)' .ci/test

jar: $(JAR)

$(JAR): $(RUNNER_SOURCES)
	@echo "Building $(JAR) …"
	@$(MVN) -q -B -f runner/pom.xml package -pl cli -am -DskipTests
	@touch $(JAR)

hpi:
	@mvn39="$$(MVN='$(MVN)' .ci/maven)" && "$$mvn39" -q -B package -DskipTests && ls -l target/scm-checks.hpi

clean:
	rm -rf target runner/target runner/*/target .tools
