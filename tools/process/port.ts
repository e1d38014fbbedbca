import { createServer } from 'node:net';
import { exitCode, UserError } from '@ag/model';

/** A port of the loopback address that nothing listens on: the wanted one, or any. */
export async function freePort(wanted: number | undefined, usedBy: string, hint = ''): Promise<number> {
  const port = await tryToListen(wanted ?? 0);
  if (port === undefined)
    throw new UserError(`port \`${wanted}\` for ${usedBy} is taken by another program${hint}`, exitCode.usage);
  return port;
}

/** Whether a port of the loopback address is free right now. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await tryToListen(port)) !== undefined;
}

function tryToListen(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : undefined));
    });
  });
}
