/** Variables by their names, as a process is given them. */
export type Environment = Readonly<Record<string, string | undefined>>;
