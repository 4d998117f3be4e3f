import type { Provider } from '../../pairing/answers/providers.ts';
import { shell } from '../../pairing/words/command.ts';
import { docs } from '../../pairing/words/docs.ts';
import { beginning, shortLine } from '../../pairing/words/outside-text.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { clusterError, type PairingError, type Remedies } from '../../pairing/words/problem.ts';
import { answerOneOf, command, thenRetry } from '../../pairing/words/way.ts';
import { type Row, saidOf } from './store-row.ts';
import { storeRows } from './store-words.ts';

/** What pxctl's phrases mean. Looked for from the top, without regard to case. */
const ownRows: readonly Row[] = [
	{
		sign: /not running on this host/i,
		id: 'portworx-not-running',
		title: 'Portworx is not running in that pod',
		remedies: [thenRetry('Look at the pod (kubectl describe, kubectl logs) and start Portworx')],
	},
	{
		sign: /not in quorum/i,
		id: 'portworx-no-quorum',
		title: 'Portworx is not in quorum',
		remedies: [thenRetry('Bring the missing storage nodes back (pxctl status lists them)')],
	},
	{
		sign: /in maintenance mode/i,
		id: 'portworx-maintenance',
		title: 'Portworx is in maintenance mode on that node',
		remedies: [command('End it, on that node', shell`pxctl service maintenance --exit`)],
	},
	{
		// pxctl itself talks to the daemon of its node over loopback or a socket; an object store is never there.
		sign: /(127\.\d+\.\d+\.\d+:\d+|localhost:\d+|\[::1\]:\d+|\.sock)\b.*(connection refused|connection reset|i\/o timeout|no such file|EOF)/i,
		id: 'portworx-not-answering',
		title: 'Portworx in that pod does not respond to pxctl',
		remedies: [thenRetry('Wait until Portworx is up on that node (kubectl logs shows it)')],
	},
	{
		sign: /not authenticated with the secrets endpoint|vault is sealed/i,
		id: 'secret-store-locked',
		title: 'Portworx has no secret store to keep credentials in',
		remedies: [
			'Log in to the one it has (for the built-in one: pxctl secrets kvdb login).',
			'Or set secretsProvider: k8s in the StorageCluster.',
		],
	},
	{
		sign: /failed to store credentials in secret store|secrets? "[^"]{0,253}" is forbidden/i,
		id: 'secret-store-refused',
		title: 'The secret store refuses Portworx',
		remedies: [
			'Grant Portworx permission to write there: its Vault policy, or its ClusterRole for Secrets where secretsProvider is k8s.',
			"Look at spec.secretsProvider of the StorageCluster, and at that store's own log.",
		],
	},
	{
		sign: /without authentication token|PermissionDenied|Unauthenticated/i,
		id: 'px-security-refused',
		title: 'PX-Security refuses pxctl',
		remedies: [
			'The token is taken from the Secret px-admin-token in the namespace of Portworx: check that it is there and can be read.',
		],
	},
	{
		sign: /RST_STREAM|PROTOCOL_ERROR/i,
		id: 'px-security-token-broken',
		title: 'The PX-Security token contains characters that do not belong there',
		remedies: ['Look for a line break in the Secret px-admin-token.'],
	},
	{
		// Of the key it says nothing, so it is not among what stores refuse a key with.
		sign: /SlowDown|reduce your request rate|ServerBusy|ServerNotInitialized|ServiceUnavailable|status code: 503/i,
		id: 'store-busy',
		title: 'The object store is busy, or is still starting',
		remedies: [thenRetry('Wait a minute')],
	},
	{
		sign: /flag provided but not defined|unknown flag|incorrect usage|unsupported provider/i,
		id: 'pxctl-too-old',
		title: 'This version of pxctl does not support one of the options',
		remedies: [
			answerOneOf(
				'Leave out what needs a newer version, such as a storage class, or upgrade Portworx',
				'objectStore.storageClass',
				'objectStore.auth',
				'objectStore.provider',
			),
		],
	},
];

const timedOut: Omit<Row, 'sign'> = {
	id: 'pxctl-timeout',
	title: 'pxctl timed out',
	remedies: [
		thenRetry('Check that Portworx is well on that node, and that its nodes reach the object store'),
	],
};

/** What `timeout` exits with. */
const exitOfTimeout = 124;

/**
 * @param text its output, already free of secrets
 * @param raw the same as it came, in which no secret hides a word of pxctl's
 */
export function explainPxctl(
	side: Side,
	what: string,
	code: number,
	text: string,
	{ raw = text, provider }: Readonly<{ raw?: string; provider?: Provider | undefined }> = {},
): PairingError {
	const head = beginning(raw);
	const rows = what.startsWith('pxctl credentials') ? [...ownRows, ...storeRows] : ownRows;
	const row = code === exitOfTimeout ? timedOut : rows.find(({ sign }) => sign.test(head));
	const said = row && saidOf(row, provider);
	const line = shortLine(text.replaceAll(/^.*Defaulted container.*$/gm, '')) || 'no output';
	return clusterError({
		id: row?.id ?? 'pxctl-failed',
		side,
		title: `${said?.title ?? `${what} failed`}, on the ${side} cluster`,
		evidence: `${what} (exit status ${code}): ${line}`,
		remedies: said?.remedies ?? unknownFailure,
		docs: docs.credentials,
	});
}

const unknownFailure: Remedies = [
	'Fix what pxctl reports, then run this again: finished steps are not repeated.',
];
