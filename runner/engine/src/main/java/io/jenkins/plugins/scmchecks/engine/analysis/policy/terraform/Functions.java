package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Terraform's functions. Those that read files, the clock or chance, and those not known here, give an unknown value:
 * nothing outside the files' own text is reached for.
 */
final class Functions {

    /** A function of its arguments; an unknown argument has already been dealt with unless it is lenient. */
    @FunctionalInterface
    interface Function {

        /** @throws EvaluationError when the arguments are not what it takes */
        Object apply(List<Object> arguments);
    }

    private final Map<String, Function> strict = new HashMap<>(128);
    private final Map<String, Function> lenient = new HashMap<>(32);

    Functions() {
        TextFunctions.addTo(strict);
        CollectionFunctions.addTo(strict, lenient);
        SetFunctions.addTo(strict);
        ConversionFunctions.addTo(strict, lenient);
        NumberFunctions.addTo(strict);
    }

    /** @throws EvaluationError when the arguments are not what the function takes */
    Object call(String name, List<Object> arguments) {
        String plain = name.startsWith("core::") ? name.substring("core::".length()) : name;
        try {
            Function function = lenient.get(plain);
            if (function != null) {
                return function.apply(arguments);
            }
            for (Object argument : arguments) {
                if (Values.isUnknown(argument)) {
                    return Values.unknownOf(argument).origin() == null
                            ? UnknownValue.because(Values.unknownOf(argument).why())
                            : Values.unknownOf(argument);
                }
            }
            function = strict.get(plain);
            return function == null
                    ? UnknownValue.because("the function " + plain + " is not worked out")
                    : function.apply(arguments);
        } catch (IndexOutOfBoundsException e) {
            throw new EvaluationError("the function " + plain + " has too few arguments");
        }
    }
}
