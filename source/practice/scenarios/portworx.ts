import {
	both,
	daemonSetInstall,
	destination,
	each,
	type Scenario,
	source,
	twoClusters,
} from './two-clusters.ts';

/** How Portworx is installed and how it feels. */
export const portworxScenarios = {
	secured: {
		about: 'PX-Security is on in both clusters: pxctl asks for a token',
		clusters: both({ security: 'on' }),
	},
	'mixed-installs': {
		about:
			'the operator on the source, a DaemonSet on the destination, and one Portworx pod of each not Ready',
		clusters: each({ pods: 'two-ready' }, { pods: 'two-ready', ...daemonSetInstall }),
	},
	metro: {
		about: 'one Portworx cluster spans both, as for synchronous DR: pair them with storage: none',
		clusters: destination({ uuid: twoClusters.east.uuid }),
	},
	'no-portworx': {
		about: 'the destination has no Portworx',
		clusters: destination({ install: 'none', stork: 'crd-missing' }),
	},
	'pod-not-ready': {
		about: "the destination's Portworx pods run and are not Ready",
		clusters: destination({ pods: 'none-ready' }),
	},
	'portworx-not-running': {
		about: "the destination's pods are Ready, yet pxctl says that Portworx is not running",
		clusters: destination({ health: 'not-running' }),
	},
	maintenance: {
		about: "the destination's Portworx is in maintenance mode",
		clusters: destination({ health: 'maintenance' }),
	},
	degraded: {
		about: "the destination's StorageCluster says Degraded, and its Portworx works all the same",
		clusters: destination({ phase: 'Degraded' }),
	},
	'versions-differ': {
		about: 'the destination has an older Portworx than the source',
		clusters: destination({ portworxVersion: '2.13.11', storkVersion: '23.8.0' }),
	},
	'essentials-licence': {
		about: 'the source has PX-Essentials, which allows no migrations',
		clusters: source({ licence: 'essential' }),
	},
	'trial-ending': {
		about: "the destination's trial licence ends in three days",
		clusters: destination({ licence: 'trial-ending' }),
	},
	'secret-store-closed': {
		about:
			"nobody has logged in to the secret store of the destination's Portworx, so it keeps no credential",
		clusters: destination({ secretsEndpoint: 'closed' }),
	},
	'store-refuses': {
		about: 'the source has the credential already, and the object store has stopped accepting its key',
		clusters: source({ credential: 'refused-by-store' }),
	},
	'token-reset': {
		about: 'the destination shows a cluster token that pairing refuses, until it is reset',
		clusters: destination({ clusterToken: 'stale' }),
	},
	'endpoint-closed': {
		about: "nothing listens where the destination's services and nodes say Portworx does",
		clusters: destination({ endpoint: 'closed' }),
	},
	'clock-off': {
		about: "the clocks of the destination's nodes are 20 minutes ahead",
		clusters: destination({ clockAhead: 1200 }),
	},
	'no-curl': {
		about: "the source's Portworx pods have no curl",
		clusters: source({ curl: 'missing' }),
	},
} as const satisfies Record<string, Scenario>;
