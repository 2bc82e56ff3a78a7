package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

/** One instance of a resource or data source. As a value it has its attributes, set or computed. */
final class ResourceInstance implements Scope.Named {

    private final ModuleInstance module;
    private final Module.Declared declared;
    private final String address;
    private final Scope scope;
    private final Memo<Object> attributes = new Memo<>();

    ResourceInstance(ModuleInstance module, Module.Declared declared, String address, Scope scope) {
        this.module = module;
        this.declared = declared;
        this.address = address;
        this.scope = scope;
    }

    Module.Declared declared() {
        return declared;
    }

    /** {@return such as {@code module.web.aws_s3_bucket.logs[0]}} */
    String address() {
        return address;
    }

    /** {@return the first label, without {@code data.}} */
    String type() {
        return declared.block().label(0);
    }

    boolean isData() {
        return declared.block().type().equals("data");
    }

    Body body() {
        return declared.block().body();
    }

    /** {@return what names mean inside the block} */
    Scope scope() {
        return scope;
    }

    Evaluator evaluator() {
        return module.evaluator();
    }

    @Override
    public Object get(String name) {
        return attributes.get(name, () -> attribute(name));
    }

    private Object attribute(String name) {
        boolean document = isData() && type().equals("aws_iam_policy_document");
        if (document && (name.equals("json") || name.equals("minified_json"))) {
            return PolicyDocument.of(this);
        }
        Expression expression = body().value(name);
        if (expression == null) {
            return new UnknownValue(address + "." + name + " is known after apply", address + "." + name, this);
        }
        Object value = evaluator().evaluateSafely(expression, scope);
        return value instanceof UnknownValue unknown && unknown.origin() == null
                ? new UnknownValue(unknown.why(), unknown.identity(), this)
                : value;
    }
}
