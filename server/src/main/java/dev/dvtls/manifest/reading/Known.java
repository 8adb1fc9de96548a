package dev.dvtls.manifest.reading;

/** Which of the objects that a model is handed an expression stands for. */
sealed interface Known {
    enum Whole implements Known {
        NOTHING,
        /** The {@code dbt} object. */
        DBT,
        /** The session, or a cursor made from it. */
        SESSION
    }

    /** A member of the dbt object: {@code ref}, {@code config}, {@code config.get}. */
    record DbtMember(String name) implements Known {}

    record SessionMember(String name) implements Known {}
}
