import { type Remedy, replace, startWith, thenRetry } from '../words/way.ts';

type Cause = Readonly<{
	sign: RegExp;
	/** Stork would try it again and again, and nothing would change. */
	isFinal?: true;
	remedy: Remedy;
}>;

/** What Stork's and Portworx's phrases about a migration mean; the more particular first. */
const causes: readonly Cause[] = [
	{
		sign: /should only contain the current namespace/i,
		isFinal: true,
		remedy:
			'Use a pair in the admin namespace of Stork, or one in the namespace that is migrated: from any other namespace Stork refuses.',
	},
	{
		sign: /clusterpairs\S{0,300} "[^"]*" not found/i,
		isFinal: true,
		remedy: thenRetry('Create the pair again, in the namespace of the migration'),
	},
	{
		sign: /storage status is not ready\. Status: NotProvided/i,
		isFinal: true,
		remedy:
			'This pair has no storage (synchronous DR): one Portworx cluster spans both, so there is no volume to copy.',
	},
	{
		sign: /storage status is not ready|scheduler cluster pair is not ready/i,
		remedy: replace('Fix what keeps the pair from being Ready, and replace it', 'pair'),
	},
	{
		sign: /licen[sc]e/i,
		isFinal: true,
		remedy:
			'Add a license that includes migration (Disaster Recovery for that mode) to both clusters: pxctl license list shows what there is.',
	},
	{
		sign: /XMinioStorageFull|minimum free disk|no space left/i,
		remedy:
			'Free space in the object store. Without a store of your own it is a volume on the destination (100 GiB): give the pair an object store.',
	},
	{
		sign: /credential.{0,300}not found|InvalidAccessKeyId|SignatureDoesNotMatch|AccessDenied|NoSuchBucket/i,
		remedy: thenRetry(
			'Create the object-store credential of this pair on both clusters with a key that the store accepts, which running the pairing again does',
		),
	},
	{
		sign: /RequestTimeTooSkewed|clock skew/i,
		remedy: thenRetry('Set the clocks of the nodes by NTP'),
	},
	{
		sign: /unable to find migration status|migration status not found/i,
		remedy: thenRetry(
			'Portworx no longer knows the transfer: it was restarted, or the pair was created again',
		),
	},
	{
		sign: /unauthorized|has asked for the client to provide credentials/i,
		remedy: replace(
			"Renew the pair's login for the destination, which is refused, and replace the pair",
			'pair',
		),
	},
	{
		sign: /is forbidden|cannot create resource|cannot get resource/i,
		remedy: {
			what: "Give the pair's login cluster-admin on the destination, or use a ServiceAccount that has it, and replace the pair",
			way: { kind: 'use-account', replaces: true },
		},
	},
	{
		sign: /is not in bound state/i,
		remedy: 'See why the claim is not bound on the destination: kubectl describe pvc shows it.',
	},
	{
		sign: /storageclass\S{0,300} "[^"]*" not found/i,
		remedy: startWith('Use a StorageClass that exists on the source', '--storage-class NAME'),
	},
	{
		sign: /admission webhook|denied the request|exceeded quota|violates PodSecurity/i,
		remedy:
			'Change the policy or quota on that cluster that refuses the object, or have the namespace excepted.',
	},
	{
		sign: /no matches for kind|unable to retrieve/i,
		remedy: 'Fix the API service on the source that does not answer: kubectl get apiservices shows it.',
	},
	{
		sign: /connection refused|i\/o timeout|no route to host|no such host|context deadline exceeded/i,
		remedy: thenRetry("Open the way from the source's Stork to the destination's API server"),
	},
	{
		sign: /object.?lock/i,
		remedy:
			'Use a bucket without Object Lock, unless the documentation of your version of Portworx supports it.',
	},
	{
		sign: /already in progress|already running|too many concurrent|resource busy/i,
		remedy: thenRetry(
			'Wait until the other transfer of Portworx ends: pxctl cloudsnap status and pxctl cloudmigrate status show them',
		),
	},
	{
		sign: /unbound immediate PersistentVolumeClaims|^claim Pending, Pod: [^:]*$/i,
		remedy:
			"Check that the provisioner of the StorageClass runs on that cluster: Portworx's is in the pods px-csi-ext, or portworx-pvc-controller for kubernetes.io/portworx-volume.",
	},
	{
		sign: /nodes are available: (?!.*unbound immediate)/i,
		remedy:
			'Make room on a node for a pod of 10 millicores and 16 MiB, or remove the taint that keeps it away: kubectl describe nodes shows both.',
	},
	{
		sign: /image|ErrImagePull|ImagePullBackOff/i,
		remedy: startWith('Use an image with a shell that the nodes can pull', '--image IMAGE'),
	},
	{
		sign: /storage pool|free space|provision/i,
		remedy: 'Make room in the storage pools of Portworx on that cluster: pxctl status shows them.',
	},
];

export const remediesFor = (said: string): readonly Remedy[] =>
	causes
		.filter(({ sign }) => sign.test(said))
		.slice(0, 2)
		.map(({ remedy }) => remedy);

/** Waiting longer would be of no use. */
export const isHopeless = (said: string): boolean =>
	causes.some(({ sign, isFinal }) => isFinal === true && sign.test(said));
