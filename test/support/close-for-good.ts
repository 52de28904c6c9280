import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';

/**
 * Has `close` end the server on a port of 127.0.0.1, and keeps the port from being anybody's: connections to it are refused
 * until this process ends, and no server that asks for any free port is given it. Without that, one that another test
 * starts a moment later may answer in its place. The port becomes the near end of a connection: taken, and nobody listens.
 */
export async function closeForGood(port: number, close: () => Promise<void>): Promise<void> {
  const loopback = '127.0.0.1';
  // Before the port is free, or it could be given this very port.
  const farEnds = createServer((socket) => void socket.unref()).listen(0, loopback);
  farEnds.unref();
  await once(farEnds, 'listening');
  const far = (farEnds.address() as AddressInfo).port;
  await close();
  const nearEnd = connect({ host: loopback, port: far, localAddress: loopback, localPort: port });
  nearEnd.unref();
  await once(nearEnd, 'connect');
}
