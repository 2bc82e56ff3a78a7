package io.jenkins.plugins.scmchecks.engine.analysis.policy.document;

/** A YAML or JSON text that cannot be read: says what is wrong and where. */
public final class DocumentException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /**
     * @param problem what is wrong, without the place
     * @param line counted from 1, or 0 when not known
     * @param column counted from 1, or 0 when not known
     */
    public DocumentException(String problem, int line, int column) {
        super(line > 0 ? problem + " (line " + line + (column > 0 ? ", column " + column : "") + ")" : problem);
        this.line = line;
        this.column = column;
    }

    /** {@return the line, counted from 1, or 0 when not known} */
    public int line() {
        return line;
    }

    /** {@return the column, counted from 1, or 0 when not known} */
    public int column() {
        return column;
    }
}
