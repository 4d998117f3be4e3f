import type { Sections } from './section.ts';

/** Portworx, Stork, pods and permissions. */
export const portworx = {
	'portworx-not-found': {
		means: 'No Portworx pods were found.',
		found: 'The pods with the label `name=portworx` were listed in all namespaces.',
		helps: 'Install Portworx, or choose another context.',
	},
	'portworx-not-ready': {
		means: 'Portworx pods exist, but none is Ready.',
		found: 'The conditions of the pods.',
		helps: 'Read the events and logs of the pods.',
	},
	'portworx-ambiguous': {
		means: 'There is more than one Portworx installation.',
		found: 'Pods were found in several namespaces.',
		helps: 'Remove the one that is not in use.',
	},
	'portworx-partly-ready': {
		means: 'Some Portworx pods are not Ready.',
		found: 'The conditions of the pods.',
		helps: 'Read the events of those pods. Pairing works through the others.',
	},
	'portworx-phase': {
		means: 'The StorageCluster reports that Portworx is starting, degraded, offline or failed.',
		found: 'Its status.',
		helps: 'Describe the StorageCluster and resolve what it reports.',
	},
	'portworx-being-removed': {
		means:
			'The StorageCluster is being deleted, or storage is disabled in it, so a pair with this Portworx would not last.',
		found: 'Its deletion timestamp and phase; or pods of the operator that no StorageCluster asks for.',
		helps: 'Wait until Portworx is installed again, then pair.',
	},
	'portworx-left-aside': {
		means: 'The cluster has a StorageCluster that runs no storage or is being deleted. It is not used.',
		found: 'Its annotation `operator.libopenstorage.org/disable-storage`, or its deletion timestamp.',
		helps: 'Delete it if it is not needed. If its deletion does not finish, look at its finalizers.',
	},
	'portworx-not-running': {
		means: 'Portworx does not run in the pod that was asked.',
		found: 'pxctl said so.',
		helps: "Read the pod's log (`kubectl logs -c portworx`), start Portworx and run the command again.",
	},
	'portworx-maintenance': {
		means: 'The node is in maintenance mode.',
		found: 'pxctl said so.',
		helps: 'Leave it with `pxctl service maintenance --exit`.',
	},
	'portworx-not-answering': {
		means: 'The Portworx daemon of the node does not answer pxctl.',
		found: 'pxctl could not connect to it.',
		helps: 'Wait until Portworx is up on the node.',
	},
	'portworx-too-old': {
		means: 'The version of Portworx lacks something that the answers need.',
		found: 'Its version was read.',
		helps: 'Upgrade Portworx, or change the answer.',
	},
	'portworx-versions-differ': {
		means: 'The two clusters run different versions of Portworx.',
		found: 'Both versions were read.',
		helps: 'Upgrade the older one: Portworx asks for one version on both.',
	},
	'license-without-dr': {
		means: 'The license does not include disaster recovery.',
		found: '`pxctl status` names the license.',
		helps: 'Install a license with disaster recovery, or migrate without it.',
	},
	'license-ended': {
		means: 'The license has expired.',
		found: '`pxctl status` says so.',
		helps: 'Renew the license: without one, migrations stop.',
	},
	'license-ending': {
		means: 'The license expires soon.',
		found: '`pxctl status` shows the date.',
		helps: 'Renew the license before it expires.',
	},
	'uuid-disagreement': {
		means: 'Two sources name different UUIDs for one Portworx cluster.',
		found: 'The StorageCluster and pxctl were compared.',
		helps: 'Find out which installation is in use. Often an old StorageCluster was left behind.',
	},
	'store-option-unsupported': {
		means: 'The object store or one of its options needs a newer version of Portworx or Stork.',
		found: 'The version found was compared with the first one that knows it.',
		helps: 'Leave the option out, choose another store, or upgrade.',
	},
	'clock-off': {
		means: 'The clock of a node differs from that of this machine.',
		found: 'A Portworx pod was asked for the time.',
		helps: 'Set up NTP on the nodes. Object stores refuse requests signed at a wrong time.',
	},
	'pod-clock-unreadable': {
		means: 'The time on a node could not be read.',
		found: 'The answer of the pod was not a time.',
		helps: 'Check NTP on the nodes by hand.',
	},
	'secret-store-locked': {
		means: 'Portworx has no secret store to keep credentials in.',
		found: 'pxctl is not authenticated with the secrets endpoint.',
		helps: 'Log in to the secret store, or set `secretsProvider: k8s` in the StorageCluster.',
	},
	'px-security-refused': {
		means: 'PX-Security refuses pxctl.',
		found: 'pxctl reported a missing or refused token.',
		helps: 'Check the Secret `px-admin-token` in the namespace of Portworx.',
	},
	'px-security-token-broken': {
		means: 'The PX-Security token contains characters that do not belong there.',
		found: 'pxctl failed with a protocol error.',
		helps: 'Remove the line break from the Secret `px-admin-token`.',
	},
	'pxctl-too-old': {
		means: 'pxctl does not know one of the options.',
		found: 'It rejected the flag.',
		helps: 'Leave optional answers out, or upgrade Portworx.',
	},
	'pxctl-timeout': {
		means: 'pxctl timed out.',
		found: 'It was ended by `timeout` in the pod.',
		helps: 'Check Portworx on the node, and its network path to the object store.',
	},
	'pxctl-failed': {
		means: 'pxctl failed for a reason that pxpair does not know.',
		found: 'Its exit status and its first line.',
		helps: 'Read the line in the evidence, resolve it and run the command again.',
	},
	'endpoint-unknown': {
		means: 'No address of Portworx on the destination was found.',
		found: 'Services and nodes were read.',
		helps: 'Set `pair.endpoint` in the answers file.',
	},
	'platform-mixed': {
		means: 'Some nodes are in a cloud and others are not.',
		found: 'The provider IDs of the nodes.',
		helps: 'Set `location` of that cluster yourself.',
	},
	'location-unknown': {
		means: 'It is not known whether the cluster runs in a cloud.',
		found: 'The provider IDs of the nodes.',
		helps: 'Set `location: cloud` or `location: on-premises` for it.',
	},
	'object-store-needed': {
		means: 'Pairs with a cluster in a cloud need an object store.',
		found: 'The locations of both clusters.',
		helps: 'Configure an object store, or correct `location`.',
	},
	'stork-not-found': {
		means: 'There is no Stork.',
		found: 'Its Deployment and pods were looked for.',
		helps: 'Enable Stork in the StorageCluster.',
	},
	'stork-not-ready': {
		means: 'Stork exists, but none of its pods is Ready.',
		found: 'The conditions of its pods.',
		helps: 'Describe the pods with the label `name=stork`.',
	},
	'clusterpair-type-missing': {
		means: 'The API server does not know the resource ClusterPair.',
		found: 'The CRD was looked for.',
		helps: 'Install or restart Stork, which installs its CRDs.',
	},
	'permission-missing': {
		means: 'The login lacks a permission that a step needs.',
		found: 'SelfSubjectAccessReviews.',
		helps: 'Ask an administrator to apply the Role that is printed with it, then run the check again.',
	},
	'permission-missing-undo': {
		means: 'The login lacks a permission that undo would need.',
		found: 'SelfSubjectAccessReviews.',
		helps: 'Have it granted before the run, or plan to delete by hand.',
	},
	'permission-missing-help': {
		means: 'The login lacks a permission that only helps to explain failures.',
		found: 'SelfSubjectAccessReviews.',
		helps: 'Optional: have it granted.',
	},
	'permissions-unknown': {
		means: 'The permissions of the login could not be checked.',
		found: 'The SelfSubjectAccessReview failed.',
		helps: 'Continue with care: a step may be refused.',
	},
	'not-as-required': {
		means: 'A requirement of a step of the plan is not met.',
		found: 'The step checked it.',
		helps: 'Read the evidence; it names what is different.',
	},
	'portworx-no-quorum': {
		means: 'Portworx is not in quorum.',
		found: 'pxctl said so.',
		helps: 'Bring the missing storage nodes back; `pxctl status` lists them.',
	},
	'secret-store-refused': {
		means: 'The secret store refuses Portworx.',
		found: 'pxctl said so.',
		helps: 'Grant Portworx the permission to write there: its Vault policy, or its ClusterRole for Secrets.',
	},
} as const satisfies Sections;
