import type { Direction } from '../../answers/direction.ts';
import { type Advice, answer } from '../../words/way.ts';

/** `host:port` as a URL has it, IPv6 in brackets. */
export function hostPort(address: string): string {
	const url = URL.parse(address);
	return url ? `${url.hostname}:${url.port || (url.protocol === 'http:' ? '80' : '443')}` : address;
}

/** Whether an address means another machine, or none, once it is used elsewhere than here. */
export const isOnlyHere = (address: string): boolean =>
	onlyHere.some(pattern => pattern.test(URL.parse(address)?.hostname ?? ''));

/** Names of `.local` are not among these: whole companies use them. */
const onlyHere: readonly RegExp[] = [
	/^(.+\.)?localhost\.?$/,
	/^127\.\d+\.\d+\.\d+$/,
	/^0\.0\.0\.0$/,
	/^\[::1?\]$/,
	// 127.0.0.0/8 and 0.0.0.0 as IPv6 has them.
	/^\[::ffff:(7f[\da-f]{2}:[\da-f]+|0:0)\]$/,
	/^(kubernetes|host|gateway)\.docker\.internal$/,
	/^host\.(minikube|k3d|lima|rancher-desktop|containers)\.internal$/,
];

/** Where another address of the API server, or of Portworx, is told to pxpair. */
export const serverRemedy = ({ to }: Direction, what: string): Advice =>
	answer(what, to === 'destination' ? 'pair.server' : 'pair.back.server');

export const endpointRemedy = ({ to }: Direction, what: string): Advice =>
	answer(what, to === 'destination' ? 'pair.endpoint' : 'pair.back.endpoint');
