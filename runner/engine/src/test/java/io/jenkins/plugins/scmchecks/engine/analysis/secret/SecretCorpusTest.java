package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people write, in the languages they write it in; {@code <<pattern>>} stands for random text. */
class SecretCorpusTest {

    private static final int DRAWS = 4;

    private final SecretScanner scanner = new SecretScanner(SecretRules.builtIn());

    @ParameterizedTest
    @CsvSource(delimiter = '\u00a6', quoteCharacter = '\u00a7', value = {
        "App.java \u00a6 private static final String API_KEY = \"<<[a-f0-9]{32}>>\";",
        "App.java \u00a6 connection.setPassword(\"<<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>!\");",
        "App.kt \u00a6 val dbPassword: String = \"<<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>\"",
        "app.ts \u00a6 const secret: string = '<<[A-Za-z0-9]{40}>>';",
        "app.js \u00a6 headers: { 'x-api-key': '<<[A-Za-z0-9]{36}>>' }",
        "app.js \u00a6 const key = process.env.API_KEY || '<<[A-Za-z0-9]{40}>>'",
        "app.py \u00a6 AUTH = {\"client_secret\": \"<<[A-Za-z0-9_]{34}>>\"}",
        "app.py \u00a6 config['SECRET_KEY'] = '<<[A-Za-z0-9]{50}>>'",
        "main.go \u00a6 var password string = \"<<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>\"",
        "main.go \u00a6 token := \"<<[a-f0-9]{40}>>\"",
        "lib.rs \u00a6 const API_TOKEN: &str = \"<<[A-Za-z0-9]{32}>>\";",
        "a.rb \u00a6 :password => '<<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>',",
        "a.php \u00a6 define('DB_PASSWORD', '<<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>');",
        "A.cs \u00a6 var cs = \"Server=db.acme.io;User Id=app;Password=<<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>;\";",
        "a.swift \u00a6 let apiKey = \"<<[A-Za-z0-9]{32}>>\"",
        "main.tf \u00a6 password = \"<<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>\"",
        "deploy.sh \u00a6 export DEPLOY_TOKEN=<<[A-Za-z0-9]{32}>>",
        "deploy.sh \u00a6 mysql --user root --password <<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>> app",
        "deploy.sh \u00a6 git clone https://bot:<<[A-Za-z0-9]{20}>>@git.acme.io/app.git",
        "Dockerfile \u00a6 ENV API_TOKEN=<<[A-Za-z0-9]{32}>>",
        ".env \u00a6 DB_PASSWORD=<<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>",
        "application.properties \u00a6 spring.datasource.password=<<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>",
        "application.yml \u00a6 url: jdbc:mysql://db.acme.io/app?user=a&password=<<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>",
        "application.yml \u00a6 uri: mongodb+srv://app:<<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>@cluster0.acme.net/app",
        "application.yml \u00a6 redis: redis://:<<[A-Za-z0-9]{24}>>@cache.acme.io:6379/0",
        "application.yml \u00a6 broker: amqps://app:<<[A-Za-z0-9]{24}>>@mq.acme.io/v",
        "pod.yaml \u00a6 - name: API_TOKEN\\n  value: <<[A-Za-z0-9]{32}>>",
        "task.json \u00a6 {\"name\": \"DB_PASSWORD\", \"value\": \"<<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>\"}",
        "web.config \u00a6 <add key=\"ApiSecret\" value=\"<<[A-Za-z0-9]{32}>>\" />",
        "settings.xml \u00a6 <password><<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>></password>",
        "vars.tf \u00a6 variable \"db_password\" {\\n type = string\\n default = \"<<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>\"\\n}",
        "azure.json \u00a6 \"adminPassword\": {\\n  \"value\": \"<<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>\"\\n}",
        "a.yml \u00a6 proxy-password:\\n  value: <<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>",
        "a.py \u00a6 CLIENT_SECRET = 'F-<<[a-z]{2}[0-9]{3}[A-Z]{3}>>%}<>[];#'",
        "config.h \u00a6 #define WIFI_PASSWORD \"<<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>\"",
        "Dockerfile \u00a6 ENV DB_PASSWORD <<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>",
        "app.py \u00a6 key = os.environ.get('API_KEY') or '<<[A-Za-z0-9]{40}>>'",
        "app.py \u00a6 password = os.getenv('DB_PASSWORD', '<<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>')",
        "A.java \u00a6 m.setCipherKey(Base64.decode(\"<<[A-Z]{2}[0-9]{3}[a-z]{3}[0-9]{2}[A-Za-z0-9]{12}>>==\"));",
        "app.js \u00a6 fetch('https://api.acme.io/v1?token=<<[A-Za-z0-9]{40}>>')",
        "main.go \u00a6 secret := []byte(\"<<[A-Za-z0-9]{40}>>\")",
        "notes.txt \u00a6 acme token - '<<[A-Za-z0-9]{40}>>'",
        "a.ini \u00a6 db_pswd = <<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>",
        "a.ini \u00a6 pw = <<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>",
        "a.js \u00a6 apiKey = '<<[A-Z][a-z]{3}[0-9]{3}[A-Za-z0-9]{8}/[A-Z]{2}[0-9]{2}[a-z]{2}[A-Za-z0-9]{9}>>'",
        "ci.log \u00a6 \u001b[93m<<sk-[A-Za-z0-9]{48}>>\u001b[0m",
        "secret.yaml \u00a6 kind: Secret\\nstringData:\\n  password: <<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>",
    })
    void shouldFind(String path, String template) {
        Random random = new Random(template.hashCode());
        for (int i = 0; i < DRAWS; i++) {
            String text = RandomText.expand(template, random);
            assertThat(scan(path, text)).as(text).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '\u00a6', quoteCharacter = '\u00a7', value = {
        "App.java \u00a6 String password = getPassword();",
        "App.java \u00a6 String password = config.password;",
        "App.java \u00a6 private static final String PASSWORD = \"password\";",
        "App.java \u00a6 @Value(\"${app.password}\") String password;",
        "App.java \u00a6 String token = request.getHeader(\"X-Auth-Token\");",
        "App.java \u00a6 String PASSWORD_FIELD = \"user_password_2\";",
        "App.java \u00a6 map.put(\"token\", \"refresh-token-value\");",
        "App.java \u00a6 throw new Error(\"password: must have 8 characters\");",
        "App.java \u00a6 String tokenUrl = \"https://login.acme.io/oauth2/v2.0/token\";",
        "app.js \u00a6 const apiKey = process.env.API_KEY;",
        "app.js \u00a6 const token = `Bearer ${token}`;",
        "app.js \u00a6 password: 'Passwort vergessen?'",
        "app.js \u00a6 const publicKey = '<<[A-Za-z0-9]{44}>>';",
        "app.js \u00a6 { key: 'users.settings.notifications.email2' }",
        "app.py \u00a6 password = os.environ['DB_PASSWORD']",
        "app.py \u00a6 password = getpass.getpass()",
        "app.py \u00a6 SECRET_KEY = env('SECRET_KEY')",
        "main.go \u00a6 if password != \"\" { return }",
        "main.tf \u00a6 password = var.db_password",
        "main.tf \u00a6 password = random_password.db.result",
        "main.tf \u00a6 secret_arn = \"arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf\"",
        "deploy.sh \u00a6 PASSWORD=$(pass show db)",
        "deploy.sh \u00a6 curl -H \"Authorization: Bearer $TOKEN\" https://api.acme.io",
        "deploy.sh \u00a6 docker login -u bot --password-stdin",
        ".env \u00a6 DB_PASSWORD=",
        ".env \u00a6 DB_PASSWORD=<your-password>",
        ".env \u00a6 API_KEY=your-api-key-here",
        ".env \u00a6 API_KEY=xxxxxxxxxxxxxxxxxxxx",
        ".env \u00a6 SECRET=1234567890abcdef1234567890abcdef",
        "app.yml \u00a6 password: ${DB_PASSWORD:changeme}",
        "app.yml \u00a6 password: ENC[AES256_GCM,data:<<[A-Za-z0-9]{20}>>,iv:abc,type:str]",
        "app.yml \u00a6 password: !vault |",
        "app.yml \u00a6 password: '{{ vault_db_password }}'",
        "app.yml \u00a6 password: '{cipher}<<[a-f0-9]{64}>>'",
        "app.yml \u00a6 password_hash: $2a$10$<<[A-Za-z0-9]{53}>>",
        "app.yml \u00a6 secretKeyRef: {name: my-secret-name, key: db-password}",
        "app.yml \u00a6 uri: postgres://postgres:postgres@localhost:5432/app",
        "app.yml \u00a6 uri: amqp://guest:guest@localhost",
        "app.yml \u00a6 image: registry.acme.io/token-service@sha256:<<[a-f0-9]{64}>>",
        "app.yml \u00a6 token_commit: <<[a-f0-9]{40}>>",
        "package-lock.json \u00a6 \"integrity\": \"sha512-<<[A-Za-z0-9+]{86}>>==\"",
        "yarn.lock \u00a6 token \"<<[a-f0-9]{40}>>\"",
        "Messages_de.properties \u00a6 password=Kennwort123",
        "i18n/en.json \u00a6 \"password\": \"P4ssw0rd-Reset\"",
        "README.md \u00a6 password = \"<<[A-Z][a-z]{5}[0-9]{3}[a-z]{3}>>\"",
        "key.pub \u00a6 ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB<<[A-Za-z0-9+/]{300}>> me@acme.io",
        "cert.pem \u00a6 -----BEGIN CERTIFICATE-----\\n<<[A-Za-z0-9+/]{64}>>\\n-----END CERTIFICATE-----",
        "secret.yaml \u00a6 kind: Secret\\ndata:\\n  password: Y2hhbmdlbWU=\\n  ca.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FU",
        "sealed.yaml \u00a6 kind: SealedSecret\\nspec:\\n  encryptedData:\\n    password: AgB<<[A-Za-z0-9]{90}>>",
        "vars.tf \u00a6 variable \"db_password\" {\\n  type = string\\n  default = \"\"\\n}",
        "vars.tf \u00a6 variable \"db_password\" {\\n  type = string\\n}\\nvariable \"b\" { default = \"Xy7zzzzz9\" }",
        "main.tf \u00a6 update_password = \"on_create\"",
        "fn.yml \u00a6 return {\"username\": userPass[1], \"password\": userPass[2]}",
        "graylog.conf \u00a6 root_password_sha2 = <<[a-f0-9]{64}>>",
        "baseline.file \u00a6 \"hashed_secret\": \"<<[a-f0-9]{40}>>\"",
        "install.sh \u00a6 adduser --disabled-password --no-create-home app",
        "main.yml \u00a6 token: \"{{ lookup('password', credentials_dir + '/a.creds') }}\"",
        "sites.xml \u00a6 <Pass encoding=\"base64\"></Pass>",
        "app.js \u00a6 const apiKey = 'lin_api_abcdefghijklmnopqrstuvwxyz0123456789abcd'",
        "app.js \u00a6 const tokenPath = 'src/main/resources/tokens/list'",
        "kubeconfig \u00a6 client-certificate-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tC<<[A-Za-z0-9]{120}>>",
        "id.txt \u00a6 user_id: 8f14e45f-ceea-467f-a8f7-9b1c2d3e4f5a",
    })
    void shouldNotFind(String path, String template) {
        Random random = new Random(template.hashCode());
        for (int i = 0; i < DRAWS; i++) {
            String text = RandomText.expand(template, random);
            assertThat(scan(path, text)).as(text).isEmpty();
        }
    }

    private List<SecretMatch> scan(String path, String text) {
        return scanner.scan(path, text.getBytes(StandardCharsets.UTF_8)).matches();
    }
}
