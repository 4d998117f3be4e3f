/** What docs/problems.md says of a problem. */
export type Section = Readonly<{ means: string; found: string; helps: string }>;

export type Sections = Readonly<Record<string, Section>>;
