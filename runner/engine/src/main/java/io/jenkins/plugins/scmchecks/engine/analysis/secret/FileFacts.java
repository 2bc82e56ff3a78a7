package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import java.util.Locale;
import java.util.Set;

/**
 * What a file's path says about the values in it. Asked for every file, so it looks words up and matches no patterns.
 *
 * @param path from the root
 * @param literalsQuoted whether a value without quotes is an expression, as in code, and not a literal
 * @param rehearsal whether it is a test, a fixture or an example, where made-up credentials belong
 * @param documentation whether it is read by people, who are shown how a credential is given
 * @param prose whether it is a translation or a form, where words follow names like "password"
 * @param settings whether it sets up what runs, so that even a plain word given to a password is one in use
 * @param generated whether it is a lock file or a bundle, full of sums and keys that are nobody's secret
 */
record FileFacts(
        String path,
        boolean literalsQuoted,
        boolean rehearsal,
        boolean documentation,
        boolean prose,
        boolean settings,
        boolean generated) {

    private static final Set<String> CODE = Set.of("""
            java kt kts scala groovy gradle clj js jsx mjs cjs ts tsx vue svelte py pyi ipynb go rb erb php
            phtml cs vb fs cpp cc cxx c h hpp m mm swift rs dart lua pl pm r jl ex exs erl hs elm sql tf hcl
            tfvars bicep jsp asp aspx cshtml html htm vm ftl proto graphql json ps1 psm1 jenkinsfile
            """.split("\\s+"));

    private static final Set<String> REHEARSAL = Set.of("""
            test tests testing testdata testfixtures spec specs mock mocks fixture fixtures example examples
            sample samples demo demos e2e cypress stub stubs testutil testutils golden conftest dummy
            """.split("\\s+"));

    private static final Set<String> TEMPLATES = Set.of("dist", "tmpl", "template", "sample", "example");

    private static final Set<String> PROSE = Set.of("""
            po pot xlf xliff strings svg css scss less tex diff patch jelly
            """.split("\\s+"));

    private static final Set<String> DOCUMENTATION = Set.of("md", "mdx", "markdown", "rst", "adoc", "asciidoc");

    private static final Set<String> PROSE_NAMES = Set.of("""
            readme changelog changes license notice contributing authors help messages
            """.split("\\s+"));

    private static final Set<String> TRANSLATIONS = Set.of("""
            locale locales i18n l10n lang langs languages translations
            """.split("\\s+"));

    private static final Set<String> SETTINGS = Set.of("""
            yml yaml properties env ini conf cfg cnf toml config sh bash zsh bat cmd dockerfile service tf tfvars hcl
            bicep
            """.split("\\s+"));

    // Of programs in any language, and of clients that keep their own logins.
    private static final Set<String> SETTINGS_NAMES = Set.of("""
            config settings configuration database secrets credentials appsettings local_settings wp-config dockerfile
            docker-compose compose vagrantfile .env .envrc .netrc _netrc .pgpass pgpass .my .git-credentials .esmtprc
            .msmtprc .fetchmailrc .s3cfg .boto .dockercfg .npmrc .pypirc .ftpconfig .remote-sync sftp sftp-config
            recentservers filezilla sitemanager robomongo dbeaver-data-sources data-sources
            webservers datasources .bashrc .bash_profile .profile .zshrc tomcat-users
            """.split("\\s+"));

    private static final Set<String> SETTINGS_WORDS =
            Set.of("config", "settings", "template", "parameters", "params", "values", "secrets", "credentials");

    // What a build sets up for itself alone is gone with it.
    private static final Set<String> BUILDS = Set.of("""
            .github .gitlab .circleci .travis.yml .gitlab-ci.yml .drone.yml appveyor.yml azure-pipelines.yml
            bitbucket-pipelines.yml wercker.yml .woodpecker .buildkite
            """.split("\\s+"));

    private static final Set<String> GENERATED = Set.of("""
            package-lock.json npm-shrinkwrap.json pnpm-lock.yaml pnpm-lock.yml bun.lockb packages.lock.json
            package.resolved gradle.lockfile verification-metadata.xml go.mod go.work .terraform.lock.hcl
            conda-lock.yml modules.txt gradlew gradlew.bat mvnw mvnw.cmd .secrets.baseline checksums
            checksums.txt sha256sums sha256sums.txt .pnp.cjs .pnp.js
            """.split("\\s+"));

    private static final Set<String> GENERATED_EXTENSIONS =
            Set.of("lock", "sum", "map", "snap", "sha1", "sha256", "sha512", "md5");

    private static final Set<String> OTHERS_FOLDERS = Set.of("""
            node_modules bower_components .git .svn .hg .terraform site-packages
            """.split("\\s+"));

    private static final Set<String> VENDORED = Set.of("""
            github.com golang.org google.golang.org gopkg.in k8s.io sigs.k8s.io bundle ruby
            """.split("\\s+"));

    private static final Set<String> WITHOUT_TEXT = Set.of("""
            png jpg jpeg gif bmp ico tif tiff webp avif mp3 mp4 ogg webm avi mov wav flac woff woff2 ttf otf eot
            pdf doc docx xls xlsx ppt pptx zip gz tgz bz2 xz 7z rar tar jar war ear hpi class dll exe so dylib a
            o obj pyc pdb wasm gem whl iso dmg psd
            """.split("\\s+"));

    static FileFacts of(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        int slash = lower.lastIndexOf('/');
        String name = lower.substring(slash + 1);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        boolean rehearsal = TEMPLATES.contains(extension)
                || isNamedAsTest(path.substring(slash + 1))
                || hasWord(lower, REHEARSAL);
        return new FileFacts(
                path,
                CODE.contains(extension),
                rehearsal,
                DOCUMENTATION.contains(extension),
                PROSE.contains(extension) || isProse(lower, name, extension),
                isSettings(lower, name, extension),
                GENERATED.contains(name)
                        || GENERATED_EXTENSIONS.contains(extension)
                        || name.endsWith(".min.js")
                        || name.endsWith(".min.css"));
    }

    /** {@return whether the path is that of other people's code, or of a file without text} */
    static boolean isNotOurs(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        int start = 0;
        boolean vendor = false;
        for (int slash = lower.indexOf('/'); slash >= 0; slash = lower.indexOf('/', start)) {
            String folder = lower.substring(start, slash);
            if (OTHERS_FOLDERS.contains(folder) || vendor && VENDORED.contains(folder)) {
                return true;
            }
            vendor = folder.equals("vendor");
            start = slash + 1;
        }
        return WITHOUT_TEXT.contains(lower.substring(lower.lastIndexOf('.') + 1));
    }

    // Words are what stands between slashes, dots, dashes and underscores.
    private static boolean hasWord(String path, Set<String> words) {
        int start = 0;
        for (int i = 0; i <= path.length(); i++) {
            char c = i < path.length() ? path.charAt(i) : '/';
            if (c == '/' || c == '.' || c == '-' || c == '_') {
                if (i > start && words.contains(path.substring(start, i))) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    // SecretTest.java, SecretIT.java, SecretSpec.scala; but not latest.java
    private static boolean isNamedAsTest(String name) {
        int dot = name.lastIndexOf('.');
        String base = dot < 0 ? name : name.substring(0, dot);
        for (String suffix : new String[] {"Test", "Tests", "TestCase", "IT", "Spec", "Mock", "Fixture"}) {
            int before = base.length() - suffix.length() - 1;
            if (before >= 0 && base.endsWith(suffix) && Character.isLowerCase(base.charAt(before))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isProse(String path, String name, String extension) {
        String first = name.substring(0, endOfWord(name));
        if (PROSE_NAMES.contains(first) || hasWord(path.substring(0, path.length() - name.length()), TRANSLATIONS)) {
            return true;
        }
        // config_de.properties, config_pt_BR.properties
        int base = name.length() - ".properties".length();
        return extension.equals("properties") && base > 3 && name.charAt(base - 3) == '_';
    }

    private static boolean isSettings(String path, String name, String extension) {
        int dot = name.indexOf('.', 1);
        boolean named = SETTINGS.contains(extension)
                || SETTINGS_NAMES.contains(dot < 0 ? name : name.substring(0, dot))
                || extension.equals("json") && hasWord(name, SETTINGS_WORDS)
                || name.startsWith(".env");
        return named && !BUILDS.contains(name) && !BUILDS.contains(path.substring(0, Math.max(0, path.indexOf('/'))));
    }

    private static int endOfWord(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!Character.isLetter(name.charAt(i))) {
                return i;
            }
        }
        return name.length();
    }
}
