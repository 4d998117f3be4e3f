import type { Direction } from '../../answers/direction.ts';
import type { ReachFailure } from '../../clusters/ports.ts';
import { shell } from '../../words/command.ts';
import type { Remedies } from '../../words/problem.ts';
import { command, type Remedy } from '../../words/way.ts';
import { endpointRemedy, serverRemedy } from './address.ts';

/** What is good to know of a way, and what is wrong with it. The ids are those of findings and problems. */
export type WayFact = 'way-api-open' | 'way-api-untested' | 'way-storage-open' | 'way-storage-untested';
export type WayTrouble =
	| 'way-api-closed'
	| 'way-api-untrusted'
	| 'way-api-not-kubernetes'
	| 'way-storage-closed'
	| 'way-storage-guarded'
	| 'way-storage-unknown';

export type Where = Readonly<{
	way: Direction;
	url: string;
	/** Its `host:port`, and the host alone. */
	address: string;
	host: string;
	cause: ReachFailure;
}>;

type Explanation = Readonly<{
	level: 'error' | 'warning';
	title(way: Direction): string;
	remedies(where: Where): Remedies;
}>;

export const wayTroubles: Readonly<Record<WayTrouble, Explanation>> = {
	'way-api-closed': {
		level: 'error',
		title: ({ from, to }) => `The ${from} can't reach the API server of the ${to}`,
		remedies: where => [obstacles[where.cause](where), otherServer(where)],
	},
	'way-api-untrusted': {
		level: 'error',
		title: ({ from, to }) =>
			`The certificate that the ${from} sees at the ${to}'s API server is not signed by the CA in the kubeconfig`,
		remedies: where => [
			`Find out what answers at ${where.address} from the ${where.way.from}: another server, or a proxy that intercepts TLS.`,
			`If it is the right server, fix the kubeconfig entry of the ${where.way.to}: certificate-authority-data must contain its CA, and tls-server-name a name in its certificate.`,
			otherServer(where),
		],
	},
	'way-api-not-kubernetes': {
		level: 'error',
		title: ({ from, to }) =>
			`What the ${from} reaches at the address of the ${to}'s API server is not Kubernetes`,
		remedies: where => [
			`Find out what answers at ${where.address} from the ${where.way.from}: a load balancer, a login page, or a proxy.`,
			otherServer(where),
		],
	},
	'way-storage-closed': {
		level: 'error',
		title: ({ from, to }) => `The ${from} can't reach Portworx of the ${to}`,
		remedies: where => [
			(storageObstacles[where.cause] ?? obstacles[where.cause])(where),
			"Each Portworx needs ports 9001–9022 of the other cluster's nodes, on OpenShift 17001–17020.",
			otherEndpoint(where),
		],
	},
	'way-storage-guarded': {
		level: 'warning',
		title: ({ from, to }) =>
			`The Portworx address of the ${to} asks the ${from} for a login: pairing may be refused`,
		remedies: where => [openShiftPort(where), otherEndpoint(where)],
	},
	'way-storage-unknown': {
		level: 'warning',
		title: ({ from, to }) =>
			`What the ${from} reaches at the address of the ${to}'s Portworx may be something else`,
		remedies: where => [
			`Find out what answers at ${where.address}: it must be a Portworx node of the ${where.way.to}, or a load balancer in front of one.`,
			openShiftPort(where),
			otherEndpoint(where),
		],
	},
};

/** What to do about each obstacle, no matter whom it keeps away. */
const obstacles: Readonly<Record<ReachFailure, (where: Where) => Remedy>> = {
	refused: ({ way, address }) =>
		`Check that ${address} is right and that something listens there: on the ${way.to} itself, not on this machine.`,
	timeout: ({ way, address }) =>
		`Allow the nodes of the ${way.from} to connect to ${address}: a firewall or security group drops the connection, or the address is private.`,
	'unknown-host': ({ way, host }) => `Add ${host} to the DNS that the nodes of the ${way.from} use.`,
	'no-route': ({ way, host }) =>
		`Connect the networks of both clusters (peering, VPN), so that the nodes of the ${way.from} have a route to ${host}.`,
	reset: ({ address }) =>
		`Find what breaks connections to ${address}: a firewall, a proxy, or a load balancer with nothing behind it.`,
	tls: ({ address }) =>
		`Check that ${address} is a TLS port, and that its certificate is valid for this address and has not expired.`,
	other: ({ way, url }) => command(`Try it by hand on a node of the ${way.from}`, shell`curl -kv ${url}`),
};

const storageObstacles: Partial<typeof obstacles> = {
	reset: ({ way }) =>
		endpointRemedy(
			way,
			`If the ${way.to} is OpenShift, use port 17001 of its nodes, since something else may answer on 9001`,
		),
};

const otherServer = ({ way }: Where): Remedy =>
	serverRemedy(way, `Or give an address of the API server that the ${way.from} can reach`);

const otherEndpoint = ({ way }: Where): Remedy =>
	endpointRemedy(
		way,
		`Or give an address of Portworx that the ${way.from} can reach, such as a load balancer`,
	);

const openShiftPort = ({ way }: Where): Remedy =>
	endpointRemedy(way, `If the ${way.to} is OpenShift, use port 17001 of its nodes`);

/** `because` is why no more is known. */
type FactText = (way: Direction, address: string, because: string | undefined) => string;

export const wayFacts: Readonly<Record<WayFact, FactText>> = {
	'way-api-open': ({ from, to }, address, because) =>
		`The ${from} reaches the API server of the ${to} at ${address}${onlyThat(because)}`,
	'way-api-untested': ({ from, to }, address, because) =>
		`Not tested: whether the ${from} reaches the API server of the ${to} at ${address} (${because})`,
	'way-storage-open': ({ from, to }, address, because) =>
		`The ${from} reaches Portworx of the ${to} at ${address}${onlyThat(because)}`,
	'way-storage-untested': ({ from, to }, address, because) =>
		`Not tested: whether the ${from} reaches Portworx of the ${to} at ${address} (${because})`,
};

const onlyThat = (because: string | undefined): string =>
	because === undefined ? '' : `: a connection was accepted, nothing more is known (${because})`;
