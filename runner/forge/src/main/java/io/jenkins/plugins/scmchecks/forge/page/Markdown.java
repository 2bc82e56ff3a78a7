package io.jenkins.plugins.scmchecks.forge.page;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.CoreHtmlNodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;

/**
 * Renders what people and bots write. Of raw HTML only a few harmless tags without attributes stay, comments vanish as
 * on GitHub, and everything else shows as text.
 */
final class Markdown {

    /** Clean HTML. */
    record Rendered(String html) {}

    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), TaskListItemsExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final Pattern TAG = Pattern.compile(
            "<!--.*?-->|</?(?:details|summary|br|sub|sup|b|strong|i|em|code|kbd)\\s*/?>|<details open>",
            Pattern.DOTALL);

    private Markdown() {}

    static Rendered render(String markdown) {
        return render(markdown, List.of());
    }

    /** @param replaced the lines that a suggestion in the text would replace */
    static Rendered render(String markdown, List<String> replaced) {
        HtmlRenderer renderer = HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .escapeHtml(true)
                .sanitizeUrls(true)
                .nodeRendererFactory(context -> new CleanHtml(context))
                .nodeRendererFactory(context -> new Suggestion(context, replaced))
                .build();
        return new Rendered(renderer.render(PARSER.parse(markdown == null ? "" : markdown)));
    }

    private static String clean(String html) {
        StringBuilder clean = new StringBuilder();
        Matcher tag = TAG.matcher(html);
        int end = 0;
        while (tag.find()) {
            clean.append(Html.escape(html.substring(end, tag.start())));
            if (!tag.group().startsWith("<!--")) {
                clean.append(tag.group());
            }
            end = tag.end();
        }
        return clean.append(Html.escape(html.substring(end))).toString();
    }

    private record CleanHtml(HtmlNodeRendererContext context) implements NodeRenderer {
        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(HtmlBlock.class, HtmlInline.class);
        }

        @Override
        public void render(Node node) {
            HtmlWriter writer = context.getWriter();
            if (node instanceof HtmlBlock block) {
                writer.line();
                writer.raw(clean(block.getLiteral()));
                writer.line();
            } else if (node instanceof HtmlInline inline) {
                writer.raw(clean(inline.getLiteral()));
            }
        }
    }

    /** Shows a {@code suggestion} block as the change it stands for. */
    private record Suggestion(HtmlNodeRendererContext context, List<String> replaced) implements NodeRenderer {
        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(FencedCodeBlock.class);
        }

        @Override
        public void render(Node node) {
            FencedCodeBlock block = (FencedCodeBlock) node;
            if (!block.getInfo().trim().startsWith("suggestion")) {
                new CoreHtmlNodeRenderer(context).render(block);
                return;
            }
            HtmlWriter writer = context.getWriter();
            writer.line();
            writer.tag("div", Map.of("class", "suggestion"));
            writer.tag("div", Map.of("class", "suggestion-title"));
            writer.text("Suggested change");
            writer.tag("/div");
            writer.tag("table");
            writer.tag("tbody");
            replaced.forEach(line -> row(writer, "deleted", "-", line));
            if (!block.getLiteral().isEmpty()) {
                block.getLiteral().lines().forEach(line -> row(writer, "added", "+", line));
            }
            writer.tag("/tbody");
            writer.tag("/table");
            writer.tag("/div");
            writer.line();
        }

        private static void row(HtmlWriter writer, String cssClass, String mark, String line) {
            writer.tag("tr", Map.of("class", cssClass));
            writer.tag("td", Map.of("class", "mark"));
            writer.text(mark);
            writer.tag("/td");
            writer.tag("td", Map.of("class", "code"));
            writer.text(line);
            writer.tag("/td");
            writer.tag("/tr");
        }
    }
}
