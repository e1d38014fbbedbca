/** What the API's process is given from outside. */
export const environment: Readonly<Record<string, string | undefined>> = process.env;
export const isProduction = process.env['NODE_ENV'] === 'production';
