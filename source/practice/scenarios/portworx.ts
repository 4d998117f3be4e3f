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
		drill: {
			lesson:
				'Where one Portworx cluster spans both sites, there is no storage to pair: Storage says NotProvided, and that is as it should be. The answers file says so with pair: {storage: none}.',
		},
	},
	'no-portworx': {
		about: 'the destination has no Portworx',
		clusters: destination({ install: 'none', stork: 'crd-missing' }),
		drill: {
			lesson:
				'A pair needs Portworx on both sides, and a kubeconfig often has contexts that look alike. Nothing was changed, so choosing the right context costs nothing; kubectl get storageclusters -A shows where Portworx is.',
		},
	},
	'pod-not-ready': {
		about: "the destination's Portworx pods run and are not Ready",
		clusters: destination({ pods: 'none-ready' }),
		drill: {
			lesson:
				'pxctl answers only in a pod whose Portworx works. Pods that run and are not Ready are mostly on their way up, cordoned, or without quorum: kubectl describe and pxctl status on the node say which.',
		},
	},
	'portworx-not-running': {
		about: "the destination's pods are Ready, yet pxctl says that Portworx is not running",
		clusters: destination({ health: 'not-running' }),
		drill: {
			lesson:
				'A pod can be Ready while Portworx on that node is not: the status of the pod is not the status of Portworx. Other pods are tried first; where all say so, journalctl -lu portworx on the node is the place to look.',
		},
	},
	maintenance: {
		about: "the destination's Portworx is in maintenance mode",
		clusters: destination({ health: 'maintenance' }),
		drill: {
			lesson:
				'A node in maintenance takes no commands, and says no cluster UUID. Leave it with pxctl service maintenance --exit, or wait for anyone who put it there.',
		},
	},
	degraded: {
		about: "the destination's StorageCluster says Degraded, and its Portworx works all the same",
		clusters: destination({ phase: 'Degraded' }),
		drill: {
			lesson:
				'A StorageCluster that says Degraded may serve all the same: one node or pool is missing. Pairing goes on with a warning, since migrations read from what is left; see pxctl status before you rely on it.',
		},
	},
	'versions-differ': {
		about: 'the destination has an older Portworx than the source',
		clusters: destination({ portworxVersion: '2.13.11', storkVersion: '23.8.0' }),
		drill: {
			lesson:
				'Portworx asks for the same version on both clusters. Pairing often works across versions, and migrations then fail in ways that are hard to read: upgrade the older side first.',
		},
	},
	'essentials-license': {
		about: 'the source has PX-Essentials, which allows no migrations',
		clusters: source({ license: 'essential' }),
		drill: {
			lesson:
				'PX-Essentials has no migrations in its license, which pairing itself does not notice: the first migration does. pxctl license list shows it beforehand.',
		},
	},
	'trial-ending': {
		about: "the destination's trial license ends in three days",
		clusters: destination({ license: 'trial-ending' }),
		drill: {
			lesson:
				'A trial that ends takes migrations with it, while the pair goes on saying Ready. Put the license in before you plan on the pair.',
		},
	},
	'secret-store-closed': {
		about:
			"no one has logged in to the secret store of the destination's Portworx, so it keeps no credential",
		clusters: destination({ secretsEndpoint: 'closed' }),
		drill: {
			lesson:
				'Portworx keeps credentials in a secret store, and on this cluster no one has logged in to it: "Not authenticated with the secrets endpoint". pxctl secrets kvdb login on one node, or secretsProvider: k8s in the StorageCluster, fixes it for all.',
		},
	},
	'nfs-share': {
		about: 'two kubeadm clusters on vSphere that store in a folder of an NFS server, without any key',
		clusters: both({ platform: 'vsphere', region: '' }),
		store: 'share',
	},
	'iam-role': {
		about: 'two EKS clusters whose nodes have an IAM role for the bucket, so there is no key at all',
		clusters: twoClusters,
		store: 'role',
	},
	'workload-identity': {
		about: 'the answers ask for workload identity, which neither Portworx nor Stork is new enough for',
		clusters: twoClusters,
		store: 'workload-identity',
		drill: {
			lesson:
				'Without keys, Portworx logs in to the store with an identity of its nodes (auth: iam) or of its pods (auth: workload-identity). The second needs Portworx 3.4 (on Azure 3.6.1, on Google 3.6.2) and Stork 26.4; an older pxctl ends with "unknown flag". Versions are compared before anything is created: upgrade, or use the role of the nodes.',
		},
	},
	'azure-government': {
		about: 'two AKS clusters in Azure Government, where Portworx is not told so',
		clusters: each({ platform: 'aks', region: 'usgovvirginia' }, { platform: 'aks', region: 'usgovarizona' }),
		drill: {
			lesson:
				'Azure Government and Azure in China have their own addresses of storage accounts. The check asks there when the nodes are in such a region, or when the answers file says environment: usgov. pxctl has no flag for it: Portworx reads AZURE_ENVIRONMENT from spec.env of its StorageCluster, on both clusters.',
		},
	},
	'key-refused': {
		about: 'the object store does not know the key that the practice answers have',
		clusters: both({ refusedKey: 'of-practice-answers' }),
		drill: {
			lesson:
				'Portworx tries a key against the store when it is given one, and pxpair tries it before: so a slip shows while nothing is changed. InvalidAccessKeyId means the ID, SignatureDoesNotMatch the secret or a clock, AccessDenied the rights of that user. Here any other key ID will do: in the conversation, change the answer.',
		},
	},
	'store-refuses': {
		about: 'the source has the credential already, and the object store has stopped accepting its key',
		clusters: source({ credential: 'refused-by-store' }),
		drill: {
			lesson:
				'A credential cannot be edited, and a key that was rotated leaves the old one behind on every cluster that had it. Replacing it means delete and create, on both sides; pxpair does that only when it is told to.',
			wayOut: '--existing-credential=replace',
		},
	},
	'token-reset': {
		about: 'the destination shows a cluster token that pairing refuses, until it is reset',
		clusters: destination({ clusterToken: 'stale' }),
		drill: {
			lesson:
				'The cluster token that the destination shows is the one it pairs with, unless it was reset or the show is stale: "Token mismatch during pairing". pxctl cluster token reset on the destination makes a new one; every pair that carries the old one has to be made again.',
		},
	},
	'endpoint-closed': {
		about: "nothing listens where the destination's services and nodes say Portworx does",
		clusters: destination({ endpoint: 'closed' }),
		drill: {
			lesson:
				'Portworx pairs from node to node: ports 9001 to 9022 (17001 to 17020 on OpenShift) have to be open from every node of the source to those of the destination. Open them, or put a load balancer before the destination and give its address as pair.endpoint.',
		},
	},
	'clock-off': {
		about: "the clocks of the destination's nodes are 20 minutes ahead",
		clusters: destination({ clockAhead: 1200 }),
		drill: {
			lesson:
				'Signed requests to an object store, and tokens, hold for minutes. Clocks that are apart make good keys look wrong: NTP on every node is part of the requirements.',
		},
	},
	'no-curl': {
		about: "the source's Portworx pods have no curl",
		clusters: source({ curl: 'missing' }),
		drill: {
			lesson:
				'What a pod can reach is best asked from that pod. Without curl in it, the check says what it could not try; the step itself will still tell.',
		},
	},
} as const satisfies Record<string, Scenario>;
