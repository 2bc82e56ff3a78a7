package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;

/**
 * A file that has been read: its text and what it declares.
 *
 * @param source the file
 * @param body its blocks; of a file of variables' values, its attributes
 */
record TerraformFile(SourceFile source, Body body) {

    /** Largest file, in bytes. */
    static final int MAX_SIZE = 4 * 1024 * 1024;

    private static final Body NOTHING = new Body(Map.of(), List.of());

    /** Reads a file; what cannot be read is told, and the rest of it is kept. */
    static TerraformFile read(SourceFile source, FindingSink notices) {
        String path = source.path();
        if (source.content().length > MAX_SIZE) {
            notices.notice(Notice.error(path, "The file is larger than " + (MAX_SIZE >> 20)
                    + " MiB and was not read; exclude it if it is not configuration"));
            return new TerraformFile(source, NOTHING);
        }
        try {
            String text = source.text();
            if (path.endsWith(".json")) {
                return new TerraformFile(source,
                        path.endsWith(".tfvars.json") ? JsonSyntax.parseValues(text) : JsonSyntax.parse(text));
            }
            return new TerraformFile(source, HclParser.parse(text, error -> tell(source, error, notices)));
        } catch (CharacterCodingException e) {
            notices.notice(Notice.error(path, "The file is not UTF-8, as Terraform files must be, and was not read"));
        } catch (SyntaxError e) {
            tell(source, e, notices);
        }
        return new TerraformFile(source, NOTHING);
    }

    private static void tell(SourceFile source, SyntaxError error, FindingSink notices) {
        int line = source.lineOf(error.offset());
        notices.notice(Notice.error(source.path(), "line " + line + ", column " + source.columnOf(error.offset())
                + ": " + error.getMessage() + " (what stands here was not checked)"));
    }

    /** {@return the region between two offsets} */
    Region region(int start, int end) {
        int endLine = source.lineOf(end);
        return new Region(source.lineOf(start), source.columnOf(start), endLine, source.columnOf(end));
    }

    /** {@return the folder, without a trailing slash; empty for the tree's root} */
    String folder() {
        return folderOf(source.path());
    }

    static String folderOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** {@return the relative sources of the modules that are called here} */
    List<String> calls() {
        return body.blocks().stream()
                .filter(block -> block.type().equals("module"))
                .flatMap(block -> Module.relativeSource(block).stream())
                .toList();
    }

    /** {@return whether a file holds variables' values, and declares nothing} */
    static boolean isValues(String path) {
        return path.endsWith(".tfvars") || path.endsWith(".tfvars.json");
    }
}
