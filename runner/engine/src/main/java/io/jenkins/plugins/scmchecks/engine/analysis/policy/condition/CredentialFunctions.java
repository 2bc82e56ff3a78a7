package io.jenkins.plugins.scmchecks.engine.analysis.policy.condition;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Functions over credentials and over who may do what. */
final class CredentialFunctions {

    private static final Set<String> PLACEHOLDERS = Set.of(
            "changeme", "change-me", "change_me", "example", "placeholder", "dummy", "password", "secret", "token",
            "todo", "none", "null", "string", "true", "false", "undefined", "redacted", "secret-name", "required",
            "optional");

    private static final Pattern REFERENCE = Pattern.compile(
            "^\\$|\\$\\{|\\$\\(|\\{\\{|^<.*>$|^%.*%$|^/|^file:|^vault:|^arn:"
                    + "|^(?i:your|(?:my|insert|enter|replace)[-_ ])|^(?i:secretsmanager|ssm|op|azurekeyvault|sm)://|^projects/[^/]+/secrets/");

    private CredentialFunctions() {}

    static void addTo(Map<String, Functions.Function> all) {
        Functions.add(all, "looks_secret", 1, 1, (scope, x) -> x[0] instanceof String text && looksSecret(text));
        Functions.add(all, "public_statement", 1, 1, (scope, x) -> anyStatement(x[0], CredentialFunctions::isPublic));
        Functions.add(all, "wildcard_statement", 1, 1, (scope, x) ->
                anyStatement(x[0], CredentialFunctions::isWildcard));
    }

    /** A text that stands where a credential belongs, and is neither a placeholder nor a reference to one. */
    private static boolean looksSecret(String text) {
        String value = text.strip();
        boolean oneCharacter = value.chars().distinct().count() < 3;
        return value.length() >= 6
                && !oneCharacter
                && !PLACEHOLDERS.contains(value.toLowerCase(Locale.ROOT))
                && !REFERENCE.matcher(value).find();
    }

    private interface Statement {
        Object test(Object statement);
    }

    /** Looks at the statements of an IAM policy document that allow something. */
    private static Object anyStatement(Object policy, Statement test) {
        Object document = policy instanceof String text
                ? Functions.named("json").body().apply(null, new Object[] {text})
                : policy;
        if (document instanceof Undetermined) {
            return document;
        }
        Object statements = Values.unwrap(Values.select(document, "Statement"));
        if (statements instanceof Undetermined) {
            return statements;
        }
        Object result = false;
        for (Object raw : Values.asList(statements)) {
            Object statement = Values.unwrap(raw);
            Object truth = statement instanceof Undetermined ? statement : allows(statement, test);
            if (truth == Boolean.TRUE) {
                return true;
            }
            result = truth instanceof Undetermined ? truth : result;
        }
        return result;
    }

    private static Object allows(Object statement, Statement test) {
        Object denies = Values.equal(Values.select(statement, "Effect"), "Deny");
        return denies == Boolean.FALSE ? test.test(statement) : denies instanceof Undetermined ? denies : false;
    }

    private static Object isPublic(Object statement) {
        if (Values.unwrap(Values.select(statement, "Condition")) != null) {
            return false;
        }
        Object principal = Values.unwrap(Values.select(statement, "Principal"));
        return either(has(principal, "*"), has(Values.unwrap(Values.select(principal, "AWS")), "*"));
    }

    private static Object isWildcard(Object statement) {
        Object action = Values.unwrap(Values.select(statement, "Action"));
        Object every = either(has(action, "*"), has(action, "*:*"));
        Object resource = has(Values.unwrap(Values.select(statement, "Resource")), "*");
        if (every == Boolean.FALSE || resource == Boolean.FALSE) {
            return false;
        }
        return every instanceof Undetermined ? every : resource;
    }

    private static Object either(Object left, Object right) {
        if (left == Boolean.TRUE || right == Boolean.TRUE) {
            return true;
        }
        return left instanceof Undetermined ? left : right;
    }

    private static Object has(Object value, String wanted) {
        if (value instanceof Undetermined) {
            return value;
        }
        List<?> items = Values.asList(value);
        Object result = false;
        for (Object item : items) {
            Object equal = Values.equal(item, wanted);
            if (equal == Boolean.TRUE) {
                return true;
            }
            result = equal instanceof Undetermined ? equal : result;
        }
        return result;
    }
}
