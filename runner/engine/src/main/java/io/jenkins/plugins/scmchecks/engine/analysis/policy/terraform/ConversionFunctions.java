package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions from one type or encoding to another. */
final class ConversionFunctions {

    private ConversionFunctions() {}

    static void addTo(Map<String, Functions.Function> strict, Map<String, Functions.Function> lenient) {
        strict.put("tostring", a -> a.get(0) == null ? null : Values.toText(a.get(0)));
        strict.put("tonumber", a -> a.get(0) == null ? null : Values.toNumber(a.get(0)));
        strict.put("tobool", a -> a.get(0) == null ? null : Values.toBoolean(a.get(0)));
        strict.put("tolist", a -> a.get(0) == null ? null : new ArrayList<>(Values.toList(a.get(0))));
        strict.put("toset", a -> a.get(0) == null ? null : SetFunctions.distinct(Values.toList(a.get(0))));
        strict.put("tomap", a -> a.get(0) == null ? null : Values.toMap(a.get(0)));
        strict.put("map", ConversionFunctions::map);
        strict.put("jsondecode", ConversionFunctions::jsonDecode);
        strict.put("base64encode", a -> Base64.getEncoder().encodeToString(bytes(a)));
        strict.put("base64decode", ConversionFunctions::base64Decode);
        strict.put("urlencode", a -> URLEncoder.encode(Values.text(a.get(0)), StandardCharsets.UTF_8));
        lenient.put("jsonencode", a -> new JsonText(a.get(0)));
        lenient.put("sensitive", a -> a.get(0));
        lenient.put("nonsensitive", a -> a.get(0));
        lenient.put("ephemeralasnull", a -> a.get(0));
    }

    private static Object map(List<Object> arguments) {
        Map<String, Object> result = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            result.put(Values.text(arguments.get(i)), arguments.get(i + 1));
        }
        return result;
    }

    private static Object jsonDecode(List<Object> arguments) {
        if (arguments.get(0) instanceof JsonText json) {
            return json.value();
        }
        return JsonText.read(Values.text(arguments.get(0)), List.of())
                .map(JsonText::value)
                .orElseThrow(() -> new EvaluationError("not an object or list in JSON"));
    }

    private static byte[] bytes(List<Object> arguments) {
        Object text = Values.toText(arguments.get(0));
        if (text instanceof UnknownValue unknown) {
            throw new EvaluationError(unknown.why());
        }
        return ((String) text).getBytes(StandardCharsets.UTF_8);
    }

    private static Object base64Decode(List<Object> arguments) {
        try {
            return new String(Base64.getDecoder().decode(Values.text(arguments.get(0))), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new EvaluationError("not in base 64");
        }
    }
}
