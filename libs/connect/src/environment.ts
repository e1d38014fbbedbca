export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that the SDK reads too, for what we must know of its configuration. */
export function readEnvironment(): Environment {
  return process.env;
}

/**
 * Keeps the SDK from telling whoever runs us which Node its later releases will need: our releases pin the SDK, and
 * `engines` says which Node they run on.
 */
export function quietSdk(): void {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
}
