package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a file's path says about the values in it.
 *
 * @param path from the root
 * @param language how values are written in it
 * @param rehearsal whether it is a test, a fixture or an example, where made-up credentials belong
 * @param prose whether it is documentation or a translation, where words follow names like "password"
 * @param generated whether it is a lock file or a bundle, full of sums and keys that are nobody's secret
 */
record FileFacts(String path, Language language, boolean rehearsal, boolean prose, boolean generated) {

    enum Language {
        /** A value without quotes is an expression, not a literal. */
        CODE,
        /** A value needs no quotes. */
        CONFIGURATION
    }

    private static final Pattern CODE = Pattern.compile("(?:java|kts?|scala|groovy|gradle|clj|js|jsx|mjs|cjs|tsx?|vue|svelte|py|pyi|ipynb"
            + "|go|rb|erb|php|phtml|cs|vb|fs|cpp|cc|cxx|c|h|hpp|m|mm|swift|rs|dart|lua|pl|pm|r|jl|ex|exs|erl|hs|elm|sql|tf|hcl|tfvars|bicep"
            + "|jsp|aspx?|cshtml|jelly|html?|vm|ftl|css|scss|less|proto|graphql|json|ps1|psm1)");

    private static final Pattern REHEARSAL = Pattern.compile("(?:^|/)(?:[\\w.-]*[-_.])?(?:tests?|testing|testdata|test-data|testfixtures|__tests__"
            + "|specs?|__mocks__|mocks?|fixtures?|__fixtures__|examples?|samples?|demos?|e2e|cypress|stubs?|testutils?|golden|acceptance-tests?)(?:[-_.][\\w-]*)?/"
            + "|(?:^|/)(?:test_[^/]*|conftest\\.py|[^/]*(?:[_.-](?:test|tests|spec|mock|fixture|stub)|(?<=[a-z])(?:Test|Tests|TestCase|IT|Spec|Mock))\\.\\w+)$"
            + "|(?:^|/)[^/]*(?:\\.example|\\.sample|\\.dist|\\.tmpl|\\.template|[-_.](?:example|sample)\\.\\w+)$|\\.env\\.(?:example|sample|test|template)");

    private static final Pattern PROSE = Pattern.compile("(?i)\\.(?:md|mdx|markdown|rst|adoc|asciidoc|po|pot|xlf|xliff|strings|svg|css|scss|less|tex|diff|patch)$"
            + "|(?:^|/)(?:readme|changelog|changes|license|notice|contributing|authors)[^/]*$"
            + "|(?:^|/)(?:locales?|i18n|l10n|lang|langs|languages|translations?)/"
            + "|(?:^|/)messages[^/]*\\.properties$|_[a-z]{2}(?:_[a-z]{2})?\\.properties$|(?:^|/)help[^/]*\\.html$|\\.jelly$"
            + "|(?:^|/)src/[^/]*/resources/.*(?:index|config|message|entries|main|global|sidepanel|signup|login)[^/]*\\.properties$");

    private static final Pattern GENERATED = Pattern.compile("(?:^|/)(?:package-lock\\.json|npm-shrinkwrap\\.json|yarn\\.lock|pnpm-lock\\.ya?ml"
            + "|bun\\.lockb?|deno\\.lock|composer\\.lock|gemfile\\.lock|cargo\\.lock|poetry\\.lock|pipfile\\.lock|uv\\.lock|pdm\\.lock|packages\\.lock\\.json"
            + "|podfile\\.lock|mix\\.lock|flake\\.lock|pubspec\\.lock|package\\.resolved|gradle\\.lockfile|verification-metadata\\.xml|go\\.(?:sum|mod|work(?:\\.sum)?)"
            + "|\\.terraform\\.lock\\.hcl|chart\\.lock|requirements\\.lock|conda-lock\\.yml|modules\\.txt|sha\\d+sums?(?:\\.txt)?|checksums?(?:\\.txt)?|gradlew(?:\\.bat)?|mvnw(?:\\.cmd)?"
            + "|\\.yarnrc\\.lock|\\.secrets\\.baseline|.*\\.pnp\\.c?js|.*\\.min\\.(?:js|css)|.*\\.(?:js|css)\\.map|.*\\.lock|.*\\.sum|.*\\.snap)$");

    private static final Pattern NOT_OURS = Pattern.compile("(?:^|/)(?:node_modules|bower_components|\\.git|\\.svn|\\.hg|\\.terraform|site-packages"
            + "|vendor/(?:github\\.com|golang\\.org|google\\.golang\\.org|gopkg\\.in|k8s\\.io|sigs\\.k8s\\.io|bundle|ruby))/"
            + "|\\.(?:png|jpe?g|gif|bmp|ico|tiff?|webp|avif|mp[34]|ogg|webm|avi|mov|wav|flac|woff2?|ttf|otf|eot|pdf|docx?|xlsx?|pptx?"
            + "|zip|gz|tgz|bz2|xz|7z|rar|tar|jar|war|ear|hpi|class|dll|exe|so|dylib|a|o|obj|pyc|pdb|wasm|gem|whl|iso|dmg|psd|ai|sketch)$");

    static FileFacts of(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        String name = lower.substring(lower.lastIndexOf('/') + 1);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return new FileFacts(
                path,
                CODE.matcher(extension).matches() || name.startsWith("jenkinsfile") ? Language.CODE : Language.CONFIGURATION,
                // The second look is at the path as it is: SecretTest.java is a test, latest.java is not.
                REHEARSAL.matcher(lower).find() || REHEARSAL.matcher(path).find(),
                PROSE.matcher(lower).find(),
                GENERATED.matcher(lower).find());
    }

    /** {@return whether the path is that of other people's code, or of a file without text} */
    static boolean isNotOurs(String path) {
        return NOT_OURS.matcher(path.toLowerCase(Locale.ROOT)).find();
    }
}
