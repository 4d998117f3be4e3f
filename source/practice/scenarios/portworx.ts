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
				'If one Portworx cluster spans both sites, there is no storage to pair: the storage status is NotProvided, as expected. Set pair: {storage: none} in the answers file.',
		},
	},
	'no-portworx': {
		about: 'the destination has no Portworx',
		clusters: destination({ install: 'none', stork: 'crd-missing' }),
		drill: {
			lesson:
				'A pair needs Portworx on both clusters, and kubeconfigs often have similar contexts. Nothing was changed: choose the right context. kubectl get storageclusters -A shows where Portworx runs.',
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
				'A pod can be Ready while Portworx on its node is down. Other pods are tried first; if all report it, read journalctl -lu portworx on the node.',
		},
	},
	maintenance: {
		about: "the destination's Portworx is in maintenance mode",
		clusters: destination({ health: 'maintenance' }),
		drill: {
			lesson:
				'A node in maintenance mode accepts no commands, and does not show the cluster UUID. Exit with pxctl service maintenance --exit, or ask who started it.',
		},
	},
	degraded: {
		about: "the destination's StorageCluster says Degraded, and its Portworx works anyway",
		clusters: destination({ phase: 'Degraded' }),
		drill: {
			lesson:
				'A Degraded StorageCluster lacks a node or pool, and may still work. Pairing continues with a warning; read pxctl status before you rely on it.',
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
				'When a trial license expires, migrations stop and the pair stays Ready. Install a license before you rely on the pair.',
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
		about: 'the answers ask for workload identity, for which Portworx and Stork are too old',
		clusters: twoClusters,
		store: 'workload-identity',
		drill: {
			lesson:
				'Without keys, Portworx logs in to the store with an identity of its nodes (auth: iam) or of its pods (auth: workload-identity). The second needs Portworx 3.4 (on Azure 3.6.1, on Google 3.6.2) and Stork 26.4; an older pxctl ends with "unknown flag". Versions are compared before anything is created: upgrade, or use the role of the nodes.',
		},
	},
	'azure-government': {
		about: 'two AKS clusters in Azure Government, for which Portworx is not configured',
		clusters: each({ platform: 'aks', region: 'usgovvirginia' }, { platform: 'aks', region: 'usgovarizona' }),
		drill: {
			lesson:
				'Azure Government and Azure in China have their own addresses of storage accounts. The check asks there when the nodes are in such a region, or when the answers file says environment: usgov. pxctl has no flag for it: Portworx reads AZURE_ENVIRONMENT from spec.env of its StorageCluster, on both clusters.',
		},
	},
	'key-refused': {
		about: 'the object store does not recognize the key of the practice answers',
		clusters: both({ refusedKey: 'of-practice-answers' }),
		drill: {
			lesson:
				'Portworx tries a key when a credential is created. pxpair tries it earlier, before anything is changed. InvalidAccessKeyId: the ID is wrong. SignatureDoesNotMatch: the secret or a clock is wrong. AccessDenied: the user lacks permissions. Here any other key ID works: change the answer.',
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
				'"Token mismatch during pairing": the cluster token that the destination shows is outdated. pxctl cluster token reset on the destination issues a new one; every pair that contains the old one must be created again.',
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
				'Signed requests and tokens are valid for minutes. With wrong clocks, valid keys are rejected: NTP on every node is a requirement.',
		},
	},
	'no-curl': {
		about: "the source's Portworx pods have no curl",
		clusters: source({ curl: 'missing' }),
		drill: {
			lesson:
				'Only a pod can tell what it can reach. If it has no curl, the check says what it could not test; the step itself will still fail if it is unreachable.',
		},
	},
} as const satisfies Record<string, Scenario>;
