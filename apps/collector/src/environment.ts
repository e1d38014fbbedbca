/** What the collector's process is given from outside. */
export const environment: Readonly<Record<string, string | undefined>> = process.env;
