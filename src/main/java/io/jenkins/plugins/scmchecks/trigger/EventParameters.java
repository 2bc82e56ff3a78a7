package io.jenkins.plugins.scmchecks.trigger;

import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.SimpleParameterDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fills the parameters that a job declares under the names of our variables; the others get their defaults. */
final class EventParameters {

    private EventParameters() {}

    static ParametersAction of(Job<?, ?> job, Coordinates coordinates) {
        List<ParameterValue> values = new ArrayList<>();
        ParametersDefinitionProperty declared = job.getProperty(ParametersDefinitionProperty.class);
        if (declared != null) {
            Map<String, String> variables = coordinates.variables();
            for (ParameterDefinition definition : declared.getParameterDefinitions()) {
                ParameterValue value = value(definition, variables.get(definition.getName()));
                if (value != null) {
                    values.add(value);
                }
            }
        }
        return new ParametersAction(values);
    }

    private static ParameterValue value(ParameterDefinition definition, String text) {
        if (text != null && definition instanceof SimpleParameterDefinition simple) {
            try {
                return simple.createValue(text);
            } catch (IllegalArgumentException e) {
                // A choice parameter takes only its own values: the default is the better guess then.
                return definition.getDefaultParameterValue();
            }
        }
        return definition.getDefaultParameterValue();
    }
}
