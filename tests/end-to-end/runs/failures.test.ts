import { randomBytes } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { resources } from '../../../source/practice/resources.ts';
import {
	answersFor,
	type Ground,
	type GroundOptions,
	openGround,
	writes,
} from '../../helpers/program/ground.ts';
import type { RunOptions, Transcript } from '../../helpers/program/program.ts';

vi.setConfig({ testTimeout: 60_000 });

type Row = Omit<GroundOptions, 'folder'> &
	Pick<RunOptions, 'env'> &
	Readonly<{
		name: string;
		args?: readonly string[];
		/** A project or account that the practice object store refuses. */
		storeRefuses?: string;
		/** A secret that it refuses. */
		refusedSecret?: string;
		exitCode: 0 | 1 | 2 | 3;
		/** The steps that changed something. */
		changed?: readonly string[];
		/** Standard output after the steps, or standard error when it came to none. */
		says: readonly unknown[];
	}>;

const literal = `canary-literal-${randomBytes(9).toString('hex')}`;
const wrong = `canary-WRONG-${randomBytes(9).toString('hex')}`;
const s3 = answersFor('s3').objectStore;
const google = answersFor('google').objectStore;

/** What the manifest for rights on pod execs amounts to. */
const execRole = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: pxpair-24446f2d
  namespace: portworx
rules:
  - apiGroups:
      - ""
    resources:
      - pods/exec
    verbs:
      - get
      - create
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: pxpair-24446f2d
  namespace: portworx
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: pxpair-24446f2d
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: User
    name: USER`.split('\n');

const otherAddress = [
	'  → Give an address of its API server that the source can reach: pair.server: https://HOST:PORT in the answers file, or --server https://HOST:PORT.',
	"  → Or choose a context of the destination with such an address: the server's certificate must cover it, or set tls-server-name.",
	'  docs: portworx-install-with-kubernetes-cluster-pair',
];
const otherEndpoint = [
	"  → Each Portworx needs ports 9001–9022 of the other cluster's nodes, on OpenShift 17001–17020.",
	'  → Or give an address of Portworx that the source can reach, such as a load balancer: pair.endpoint: {ip, port} in the answers file.',
	'  docs: migration-with-stork',
];

const rows: readonly Row[] = [
	// What is wrong with the answers shows before anything is asked of a cluster.
	{
		name: 'an unknown context',
		answers: { source: { context: 'north' } },
		exitCode: 2,
		says: [
			'pxpair: There is no context "north" for the source',
			'  the contexts of kubeconfig are: east, west',
			'  → Name one of these, or another kubeconfig file.',
		],
	},
	{
		name: 'one context twice',
		args: ['--destination', 'east'],
		exitCode: 2,
		says: [
			'Source and destination are the same cluster',
			expect.stringMatching(/^ {2}both have the kube-system UID [0-9a-f-]{36}$/),
			'  → Choose two contexts that point to two clusters: destination.context in the answers file, or --destination CONTEXT.',
			'  docs: portworx-install-with-kubernetes-cluster-pair',
			'',
			'Failed. Nothing was changed.',
		],
	},
	{
		name: 'two contexts of one cluster',
		scenario: 'same-cluster',
		exitCode: 2,
		says: [
			'Source and destination are the same cluster',
			expect.stringMatching(/^ {2}both have the kube-system UID [0-9a-f-]{36}$/),
			'  → Choose two contexts that point to two clusters: destination.context in the answers file, or --destination CONTEXT.',
			'  docs: portworx-install-with-kubernetes-cluster-pair',
			'',
			'Failed. Nothing was changed.',
		],
	},
	{
		name: 'a field that is missing',
		answers: { objectStore: { ...s3, region: undefined } },
		exitCode: 2,
		says: [
			"pxpair: answers.yaml can't be used as an answers file",
			'  objectStore.region: found nothing; allowed: a string',
			'  → Fix the fields listed above; docs/answers.schema.json describes the file.',
		],
	},
	{
		name: 'a secret written into the file',
		answers: { objectStore: { ...s3, secretAccessKey: literal } },
		canaries: { literal },
		exitCode: 2,
		says: [
			"pxpair: answers.yaml can't be used as an answers file",
			'  objectStore.secretAccessKey: found a text (not shown); allowed: a reference: {env: NAME}, {file: PATH}, {stdin: LINE} or {command: [PROGRAM, ARGUMENT]}; a secret must not be in the file',
			'  → Fix the fields listed above; docs/answers.schema.json describes the file.',
		],
	},
	{
		name: 'names that Kubernetes does not take',
		answers: { pair: { name: 'Remote_Cluster', namespace: 'a.b' } },
		exitCode: 2,
		says: [
			"pxpair: answers.yaml can't be used as an answers file",
			'  pair.name: found "Remote_Cluster"; allowed: lowercase letters, digits, "-" and ".", starting and ending with a letter or digit, at most 253',
			'  pair.namespace: found "a.b"; allowed: lowercase letters, digits and "-", starting and ending with a letter or digit, at most 63',
			'  → Fix the fields listed above; docs/answers.schema.json describes the file.',
		],
	},
	{
		name: 'an environment variable that is not set',
		env: { SECRET: undefined },
		exitCode: 2,
		says: [
			'pxpair: No value for objectStore.secretAccessKey',
			'  the environment variable SECRET is not set',
			'  → Set it there, or name another place.',
		],
	},
	{
		name: 'an environment variable that is empty',
		env: { SECRET: ' \n' },
		exitCode: 2,
		says: [
			'pxpair: No value for objectStore.secretAccessKey',
			'  the environment variable SECRET is empty',
			'  → Set it there, or name another place.',
		],
	},
	{
		name: 'a secret with a line break inside',
		env: { SECRET: `${literal}\n${literal}` },
		canaries: { literal },
		exitCode: 2,
		says: [
			'pxpair: No value for objectStore.secretAccessKey',
			'  the environment variable SECRET has a line break or another control character inside',
			'  → Set it there, or name another place.',
		],
	},
	{
		name: 'a key file that is not there',
		store: 'google',
		answers: { objectStore: { ...google, jsonKeyFile: 'nowhere.json' } },
		exitCode: 2,
		says: [
			'pxpair: No value for objectStore.jsonKeyFile',
			'  nowhere.json: no such file',
			'  → Set it there, or name another place.',
		],
	},
	{
		name: 'a key file that is a directory',
		store: 'google',
		answers: { objectStore: { ...google, jsonKeyFile: '.' } },
		exitCode: 2,
		says: [
			'pxpair: No value for objectStore.jsonKeyFile',
			'  .: it is a directory',
			'  → Set it there, or name another place.',
		],
	},
	{
		name: 'a key file that is not JSON',
		store: 'google',
		secrets: { jsonKey: `${literal} {` },
		canaries: { literal },
		exitCode: 2,
		says: [
			"pxpair: The Google key file can't be used",
			'  objectStore.jsonKeyFile: it is not JSON',
			'  → Use the JSON key file of a service account, as downloaded from the console.',
		],
	},
	{
		name: "a key file that is a person's, not a service account's",
		store: 'google',
		secrets: { jsonKey: JSON.stringify({ type: 'authorized_user', refresh_token: literal }) },
		canaries: { literal },
		exitCode: 2,
		says: [
			"pxpair: The Google key file can't be used",
			'  objectStore.jsonKeyFile: it is not the key of a service account ("type" is not "service_account")',
			'  → Use the JSON key file of a service account, as downloaded from the console.',
		],
	},
	{
		name: 'no object store in a cloud',
		store: 'none',
		exitCode: 2,
		says: [
			'The source cluster is in a cloud: an object store is required',
			'  providerID aws:///us-east-1a/i-0000000000practi0 on 3 nodes; label eks.amazonaws.com/nodegroup',
			'  The same on the destination:',
			'  providerID aws:///us-west-2a/i-0000000000practi0 on 3 nodes; label eks.amazonaws.com/nodegroup',
			'  → Give an object store (s3, azure, google or nfs): objectStore.provider in the answers file.',
			'  → Or say that the clusters are on-premises, if they are: location: on-premises in the answers file.',
			'  docs: create-object-store-credentials-for-cloud-clusters',
			'',
			'Failed. Nothing was changed.',
		],
	},
	{
		name: 'a policy that there is not',
		args: ['--existing-pair=overwrite'],
		exitCode: 2,
		says: ['pxpair: --existing-pair takes stop, keep, replace, not "overwrite"', '  → See pxpair help run.'],
	},
	// What is wrong with a cluster.
	{
		name: 'a token that the API server refuses',
		scenario: 'wrong-token',
		exitCode: 1,
		says: [
			'The destination cluster (west) rejects the credentials of this context',
			// Two questions are asked at once.
			expect.stringMatching(/^ {2}https 127\.0\.0\.1:PORT, GET \S+: 401 Unauthorized: Unauthorized$/),
			'  → Log in again (the token or certificate in the kubeconfig may have expired), then run this again.',
			'',
			'Failed. Nothing was changed.',
		],
	},
	{
		name: 'an API server that is not there',
		scenario: 'unreachable',
		exitCode: 1,
		says: [
			'The destination cluster (west) refuses the connection',
			expect.stringMatching(/^ {2}https 127\.0\.0\.1:PORT, GET \S+: ECONNREFUSED$/),
			'  → Check that the API server runs and that the address and port in the kubeconfig are right.',
			'',
			"Stork on the source can't reach the destination: the address in the kubeconfig works on this machine only",
			"  context west: 127.0.0.1:PORT, which Portworx pods there can't resolve",
			...otherAddress,
			'',
			'Failed. Nothing was changed.',
		],
	},
	{
		name: 'no Portworx',
		scenario: 'no-portworx',
		exitCode: 1,
		says: [
			'No Portworx on the destination cluster',
			'  context west: no StorageCluster and no pod labelled name=portworx in any namespace',
			'  → Check that west is the right cluster.',
			'  → Or install Portworx there first, then run this again.',
			'',
			'Failed. Nothing was changed.',
		],
	},
	{
		name: 'no Portworx pod that is Ready',
		scenario: 'pod-not-ready',
		exitCode: 1,
		says: [
			'No Portworx pod is Ready on the destination cluster',
			'  namespace portworx: px-practice-west-4kq2m Running, not Ready; px-practice-west-7xbsn Running, not Ready; px-practice-west-w9d5t Running, not Ready',
			'  → See why:',
			'      kubectl --context west -n portworx describe pods -l name=portworx',
			'  → Run this again when one is Ready.',
			'',
			'Failed. Nothing was changed.',
		],
	},
	{
		name: 'a Ready pod in which Portworx does not run',
		scenario: 'portworx-not-running',
		exitCode: 1,
		says: [
			'Portworx is not running in that pod, on the destination cluster',
			'  pxctl status (exit status 1): PX is not running on this host.',
			'  → Look at the pod (kubectl describe, kubectl logs) and start Portworx, then run this again.',
			'  docs: create-object-store-credentials-for-cloud-clusters',
			'',
			"The source can't reach Portworx of the destination",
			'  http east pod portworx/px-practice-east-4kq2m → 127.0.0.1:PORT: Empty reply from server',
			'  → If the destination is OpenShift, use port PORT of its nodes, since something else may answer on 9001: pair.endpoint: {ip, port} in the answers file.',
			...otherEndpoint,
			'',
			'Failed. Nothing was changed.',
		],
	},
	{
		name: 'no Stork',
		scenario: 'no-stork',
		exitCode: 1,
		says: [
			'No Stork on the source cluster',
			'  context east: no deployment named stork in any namespace',
			'  → Enable Stork: set spec.stork.enabled in the StorageCluster, or install Stork separately. It installs the ClusterPair CRD.',
			'  docs: migration-with-stork',
			'',
			'Failed. Nothing was changed.',
		],
	},
	{
		name: 'no ClusterPair type',
		scenario: 'crd-missing',
		exitCode: 1,
		says: [
			'The source cluster has no ClusterPair resource',
			'  context east: stork.libopenstorage.org/v1alpha1 is not served',
			'  → Enable Stork: set spec.stork.enabled in the StorageCluster, or install Stork separately. It installs the ClusterPair CRD.',
			'  docs: migration-with-stork',
			'',
			'Failed. Nothing was changed.',
		],
	},
	{
		name: 'exec that is forbidden',
		scenario: 'forbidden',
		exitCode: 1,
		says: [
			'The user of the source lacks 2 permissions that the plan needs',
			"  may not get pods/exec in portworx, to read the cluster's UUID, and to create the object-store credential",
			"  may not create pods/exec in portworx, to read the cluster's UUID, and to create the object-store credential",
			'  → Look up the name of this user, and put it in place of USER in the attached manifest:',
			'      kubectl --context east auth whoami',
			'  → Ask an administrator to apply the manifest:',
			'      kubectl --context east apply -f FILE',
			'  → Or choose a context with more permissions.',
			'',
			'  The smallest Role with the missing permissions on the source:',
			'',
			...execRole,
			'',
			// From within the pods it can't be tried.
			"Stork on the source can't reach the destination: the address in the kubeconfig works on this machine only",
			'  context west: 127.0.0.1:PORT',
			...otherAddress,
			'',
			'Failed. Nothing was changed.',
		],
	},
	// What is wrong with the object store.
	{
		name: 'an access key that the store does not know',
		env: { ID: wrong },
		canaries: { wrong },
		exitCode: 1,
		says: [
			'The object store does not recognize this access key, on both clusters',
			'  s3.amazonaws.com:443: ListBuckets 403, InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records; asked from pod px-practice-east-4kq2m',
			'  The same on the destination:',
			'  s3.amazonaws.com:443: ListBuckets 403, InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records; asked from pod px-practice-west-4kq2m',
			'  → Check the access key ID (not the secret access key), and that it belongs to this store and region: objectStore.accessKeyId in the answers file.',
			'  docs: create-object-store-credentials-for-cloud-clusters',
			'',
			'Failed. Nothing was changed.',
		],
	},
	{
		name: 'a secret key that the store refuses',
		env: { SECRET: wrong },
		canaries: { wrong },
		refusedSecret: wrong,
		exitCode: 1,
		says: [
			'The object store rejects the secret access key, on both clusters',
			'  s3.amazonaws.com:443: ListBuckets 403, SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your key and signing method; asked from pod px-practice-east-4kq2m',
			'  The same on the destination:',
			'  s3.amazonaws.com:443: ListBuckets 403, SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your key and signing method; asked from pod px-practice-west-4kq2m',
			'  → Check the secret access key, which does not match the access key ID: objectStore.secretAccessKey in the answers file.',
			'  → A clock that is off has the same effect: check NTP on the nodes.',
			'  docs: create-object-store-credentials-for-cloud-clusters',
			'',
			'Failed. Nothing was changed.',
		],
	},
	{
		name: 'an account key that the store refuses',
		scenario: 'azure',
		store: 'azure',
		env: { ACCOUNT: wrong },
		canaries: { wrong },
		refusedSecret: wrong,
		exitCode: 1,
		says: [
			'The object store rejects the account key, on both clusters',
			'  myaccount.blob.core.windows.net:443: List Containers 403, AuthenticationFailed: Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature; asked from pod px-practice-east-4kq2m',
			'  The same on the destination:',
			'  myaccount.blob.core.windows.net:443: List Containers 403, AuthenticationFailed: Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature; asked from pod px-practice-west-4kq2m',
			'  → Check the account key, which does not match the storage account name: objectStore.accountKey in the answers file.',
			'  → A clock that is off has the same effect: check NTP on the nodes.',
			'  docs: create-object-store-credentials-for-cloud-clusters',
			'',
			'Failed. Nothing was changed.',
		],
	},
	{
		name: 'a Google key that the store refuses',
		scenario: 'google',
		store: 'google',
		answers: { objectStore: { ...google, projectId: 'refused-project' } },
		storeRefuses: 'refused-project',
		exitCode: 1,
		says: [
			'pxctl credentials create failed, on both clusters',
			'  pxctl credentials create (exit status 1): createCred: error validating credential during create: googleapi: Error 400: Unknown project id: refused-project, invalid',
			'  The same on the destination:',
			'  pxctl credentials create (exit status 1): createCred: error validating credential during create: googleapi: Error 400: Unknown project id: refused-project, invalid',
			'  → Fix what pxctl reports, then run this again: finished steps are not repeated.',
			'  docs: create-object-store-credentials-for-cloud-clusters',
			'',
			'Failed. Nothing was changed.',
		],
	},
	{
		name: 'a store that cannot be reached',
		answers: { objectStore: { ...s3, endpoint: 'nowhere.example' } },
		exitCode: 1,
		says: [
			'The object store is unreachable from the Portworx node, on both clusters',
			'  nowhere.example:443: Could not resolve host: nowhere.example; asked from pod px-practice-east-4kq2m',
			'  The same on the destination:',
			'  nowhere.example:443: Could not resolve host: nowhere.example; asked from pod px-practice-west-4kq2m',
			'  → Check its address, and that the nodes may reach it (DNS, firewall, proxy): objectStore.endpoint in the answers file.',
			'  docs: create-object-store-credentials-for-cloud-clusters',
			'',
			'Failed. Nothing was changed.',
		],
	},
	// What blocks it, and the ways out of it.
	{
		name: 'a credential of that name which the store refuses',
		scenario: 'store-refuses',
		exitCode: 1,
		says: [
			'The source has a credential of that name that does not validate',
			'  clusterPair_UUID: pxctl credentials validate (exit status 1): ValidateCred: InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records. status code: 403, request id: PRACTICE00000001',
			'  → Delete it and create it again: existing.credential: replace in the answers file, or --existing-credential=replace.',
			'  → Keep it: existing.credential: keep in the answers file, or --existing-credential=keep.',
			'  → Or look at it first, in a Portworx pod of the source:',
			'      pxctl credentials list',
			'  docs: create-object-store-credentials-for-cloud-clusters',
			'',
			'Failed. Nothing was changed.',
		],
	},
	{
		name: 'the same, kept',
		scenario: 'store-refuses',
		args: ['--existing-credential=keep'],
		exitCode: 0,
		changed: [
			'the object-store credential on the destination',
			'the namespace migrationnamespace on the source',
			'the namespace migrationnamespace on the destination',
			'the ClusterPair migrationnamespace/remotecluster on the source',
		],
		says: ['Done. 4 changes were made.'],
	},
	{
		name: 'the same, replaced',
		scenario: 'store-refuses',
		args: ['--existing-credential=replace'],
		exitCode: 0,
		changed: [
			'the object-store credential on the source',
			'the object-store credential on the destination',
			'the namespace migrationnamespace on the source',
			'the namespace migrationnamespace on the destination',
			'the ClusterPair migrationnamespace/remotecluster on the source',
		],
		says: ['Done. 5 changes were made.'],
	},
	{
		name: 'a ClusterPair of that name which points elsewhere',
		scenario: 'pair-differs',
		exitCode: 1,
		says: [
			'The source has a ClusterPair remotecluster that is not as planned',
			'  ClusterPair migrationnamespace/remotecluster differs in: spec.config.clusters.practice-west.server, spec.config.clusters.practice-west.certificate-authority-data, spec.config.clusters.practice-north.server, spec.config.contexts.west.cluster, spec.config.contexts.west.user, spec.config.contexts.north.cluster, spec.config.contexts.north.user, spec.config.current-context, spec.config.users.practice-west-admin.token, spec.config.users.practice-north-admin.token, spec.options.ip, spec.options.port, spec.options.token',
			'  → Delete it and apply the planned one: existing.pair: replace in the answers file, or --existing-pair=replace.',
			'  → Keep it: existing.pair: keep in the answers file, or --existing-pair=keep.',
			'  → Or give this pair another name or namespace: pair.name in the answers file.',
			'  docs: portworx-install-with-kubernetes-cluster-pair',
			'',
			'Failed. Nothing was changed.',
		],
	},
	{
		name: 'the same, kept',
		scenario: 'pair-differs',
		args: ['--existing-pair=keep'],
		exitCode: 0,
		changed: [
			'the object-store credential on the source',
			'the object-store credential on the destination',
			'the namespace migrationnamespace on the destination',
		],
		says: ['Done. 3 changes were made.'],
	},
	{
		name: 'the same, replaced',
		scenario: 'pair-differs',
		args: ['--existing-pair=replace'],
		exitCode: 0,
		changed: [
			'the object-store credential on the source',
			'the object-store credential on the destination',
			'the namespace migrationnamespace on the destination',
			'the ClusterPair migrationnamespace/remotecluster on the source',
		],
		says: ['Done. 4 changes were made.'],
	},
	// What only shows while waiting.
	{
		name: 'a cluster token that pairing refuses',
		scenario: 'token-reset',
		args: ['--timeout', '2'],
		exitCode: 3,
		changed: [
			'the object-store credential on the source',
			'the object-store credential on the destination',
			'the namespace migrationnamespace on the source',
			'the namespace migrationnamespace on the destination',
			'the ClusterPair migrationnamespace/remotecluster on the source',
		],
		says: [
			'The ClusterPair remotecluster did not become Ready on the source',
			'  storage Error, scheduler Ready: Error from remote cluster: Token mismatch during pairing',
			'  → Reset the cluster token of the destination (pxctl cluster token reset, there), which does not accept the one it shows, and replace the pair: existing.pair: replace in the answers file, or --existing-pair=replace.',
			'  → See what Stork says:',
			'      kubectl --context east -n migrationnamespace describe clusterpair/remotecluster',
			'  → Run this again to continue waiting: finished steps are not repeated.',
			'  docs: portworx-install-with-kubernetes-cluster-pair',
			'',
			'Failed. 5 changes were made before that; finished steps are not repeated when it is run again.',
		],
	},
	{
		name: 'an endpoint where nothing listens',
		scenario: 'endpoint-closed',
		exitCode: 1,
		says: [
			"The source can't reach Portworx of the destination",
			'  http east pod portworx/px-practice-east-4kq2m → 127.0.0.1:PORT: Failed to connect to 127.0.0.1 port PORT: Connection refused',
			'  → Check that 127.0.0.1:PORT is right and that something listens there: on the destination itself, not on this machine.',
			...otherEndpoint,
			'',
			'Failed. Nothing was changed.',
		],
	},
	{
		name: 'another ClusterPair that stops Stork',
		scenario: 'undecodable-pair',
		exitCode: 1,
		says: [
			"Stork on the source can't read any ClusterPair because of apps/unquoted",
			'  ClusterPair apps/unquoted: its option port is not a string',
			"  → Fix or delete it, because until then Stork can't work on any pair of that cluster:",
			'      kubectl --context east -n apps delete clusterpair/unquoted',
			'',
			'Failed. Nothing was changed.',
		],
	},
];

const waysOn = [
	'Resume it: pxpair run --resume RUN',
	'Undo it: pxpair undo RUN',
	'See first what that deletes: pxpair undo RUN --plan',
];

describe.concurrent('a run that meets', () => {
	test.for(rows)('$name', async row => {
		const {
			name: _,
			args = [],
			env,
			storeRefuses,
			refusedSecret,
			exitCode,
			changed = [],
			says,
			...options
		} = row;
		await using ground = await openGround(options);
		const { east, west } = ground.practice.clusters;
		for (const cluster of [east, west]) {
			cluster.set({ ...(storeRefuses && { storeRefuses }), ...(refusedSecret && { refusedSecret }) });
		}
		const before = stateOf(ground);

		const run = await ground.run(['run', 'answers.yaml', ...args], env && { env });

		expect({
			exitCode: run.exitCode,
			changed: changesIn(run),
			says: saidBy(run, exitCode === 3 ? waysOn : []),
		}).toEqual({
			exitCode,
			changed,
			says,
		});
		if (exitCode === 1 || exitCode === 2) {
			expect([...writes(east), ...writes(west)]).toEqual([]);
			expect(stateOf(ground)).toEqual(before);
		}
	});
});

/** What the steps report as changed. */
const changesIn = ({ out }: Transcript): string[] =>
	out.flatMap(line => /^[ \d/]+\w+ +changed +created (.*?): /.exec(line)?.[1] ?? []);

/** Without a run, standard output stays empty; with one, standard error does, unless it left something. */
function saidBy({ out, err }: Transcript, waysOn: readonly string[]): string[] {
	if (out.length === 0) {
		return err;
	}
	expect(err).toEqual(waysOn);
	return out.slice(out.findLastIndex(line => /^[ \d]\d\/\d+ |not started:/.test(line)) + 2);
}

const stateOf = ({ practice }: Ground) =>
	Object.values(practice.clusters).map(({ store, credentials }) => ({
		credentials: credentials(),
		namespaces: store.list(resources.namespaces),
		pairs: store.list(resources.clusterpairs),
	}));
