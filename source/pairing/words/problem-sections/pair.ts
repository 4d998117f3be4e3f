import type { Sections } from './section.ts';

/** The ClusterPair and what belongs to it. */
export const pair = {
	'pair-differs': {
		means: 'A ClusterPair of that name exists and differs from the plan.',
		found: 'Its spec was compared with the plan.',
		helps: 'Keep it, replace it, or choose another name.',
	},
	'pair-undecodable': {
		means: "Stork can't decode one ClusterPair, and stops working on all of them.",
		found: 'The ClusterPairs of the cluster were read.',
		helps: 'Correct or delete the pair that is named.',
	},
	'pair-with-older-token': {
		means: 'The clusters are paired already, with a cluster token that has been reset since.',
		found: 'The token of the pair was compared with the current one.',
		helps: 'Replace the pair that is named.',
	},
	'pair-not-ready': {
		means: 'The ClusterPair did not become Ready in time.',
		found: "Its status and Stork's latest event.",
		helps: 'Read the evidence. Run the command again to continue waiting.',
	},
	'pair-gone': {
		means: 'The ClusterPair was deleted while pxpair was waiting for it.',
		found: 'It was read again.',
		helps: 'Run the command again to create it.',
	},
	'pair-missing': {
		means: 'There is no ClusterPair of that name.',
		found: 'It was read.',
		helps: 'Run the pairing, or check name and namespace.',
	},
	'pair-being-deleted': {
		means: 'The ClusterPair is being deleted.',
		found: 'It has a deletion timestamp.',
		helps: 'Wait, or find the finalizer that holds it.',
	},
	'clusters-not-named': {
		means: 'Which two clusters to check is not known.',
		found: 'The records of runs and the contexts of the kubeconfig: no run, and not exactly two contexts.',
		helps: 'Name both with `--source` and `--destination`.',
	},
	'pair-deletion-held': {
		means: 'A finalizer prevents the ClusterPair from being deleted.',
		found: 'It still exists after the deletion.',
		helps: 'Check that Stork runs: it removes its finalizer.',
	},
	'pair-leads-nowhere': {
		means: 'The kubeconfig inside the ClusterPair names no API server.',
		found: 'Its current context was read: it has no cluster with an https server.',
		helps: 'Replace the pair.',
	},
	'pair-not-recorded': {
		means: 'No run on this machine created the pair, so there is no record to compare it with.',
		found: 'The records of runs were read.',
		helps: 'Give the answers file that it was made from.',
	},
	'pair-remote-differs': {
		means: 'The pair points to another Portworx cluster than expected.',
		found: 'Its remote storage ID was compared with the UUID of the destination.',
		helps: 'Replace the pair.',
	},
	'pair-token-old': {
		means: 'The cluster token in the pair is not the current one.',
		found: 'It was compared with the token of the destination.',
		helps: 'Replace the pair.',
	},
	'pair-unknown-to-portworx': {
		means: 'Portworx on the source does not know the pairing.',
		found: '`pxctl cluster pair list`.',
		helps: 'Replace the pair.',
	},
	'account-of-another': {
		means: 'A ServiceAccount of that name exists, and pxpair did not create it.',
		found: 'Its labels were read.',
		helps: 'Choose another name for the pair, or delete the account.',
	},
	'account-token-differs': {
		means: 'The token in the pair is not the one of the ServiceAccount.',
		found: 'Both were compared without showing them.',
		helps: 'Replace the pair.',
	},
	'account-token-missing': {
		means: 'The ServiceAccount has no token.',
		found: 'Its Secret was read.',
		helps: 'Run the pairing again to issue one.',
	},
	'account-token-refused': {
		means: 'A rotation issued a new token for the ServiceAccount, and the API server does not accept it.',
		found: 'The API server was asked whose token it is (TokenReview). The pair still has its old token.',
		helps:
			'Look at the log of the API server, and whether the ServiceAccount was deleted and created again. Then rotate again.',
	},
	'account-unbound': {
		means: 'The ServiceAccount has no permissions.',
		found: 'Its ClusterRoleBinding was read.',
		helps: 'Run the pairing again to bind it.',
	},
	'token-of-another': {
		means: 'A Secret of that name exists, and pxpair did not create it.',
		found: 'Its labels and type were read.',
		helps: 'Choose another name for the pair, or delete the Secret.',
	},
	'rotation-unfinished': {
		means: 'A rotation issued a new token and did not delete the old one. Both are valid.',
		found: 'The Secrets of the ServiceAccount of the pair were read.',
		helps: 'Resume the rotation on the machine where it was started, or undo it.',
	},
	'tokens-left-over': {
		means:
			'The ServiceAccount of the pair has several tokens: other rotations are running, or were not finished.',
		found: 'The Secrets with the names that rotations use were read. All of them exist.',
		helps:
			'Undo the rotations that were not finished, on the machines where they were started. Or delete the Secrets whose tokens no ClusterPair uses. Then rotate again.',
	},
	'binding-differs': {
		means: 'A ClusterRoleBinding of that name exists and grants something else.',
		found: 'It was compared with the plan.',
		helps: 'Choose another name for the pair, or delete the binding.',
	},
	'namespace-terminating': {
		means: 'The namespace is being deleted.',
		found: 'Its phase is Terminating.',
		helps:
			'Its conditions name what holds it: an APIService that does not answer, or finalizers of what is left in it. Fix that, wait until it is gone, or choose another namespace.',
	},
	'generated-spec-refused': {
		means: 'The generated ClusterPair contains something that pxpair does not apply.',
		found: 'What the generator printed was checked.',
		helps: 'Check the version of storkctl, or use `--storkctl=none` for the built-in generator.',
	},
	'change-not-proven': {
		means: 'A change was applied, but did not take effect.',
		found: 'The step was checked again after the change.',
		helps: 'Read the evidence; a controller or policy may have reverted it. Then run the command again.',
	},
	'login-not-own': {
		means:
			'The rotation includes the login, but the pair does not log in as a ServiceAccount that pxpair created for it.',
		found: 'The kubeconfig inside the ClusterPair has no token for the user of that name.',
		helps:
			'Replace the pair by one with a ServiceAccount, or renew the credentials of its context and replace the pair.',
	},
	'token-none': {
		means: 'The rotation includes the cluster token, but the pair holds none: it pairs no storage.',
		found: 'The options of the ClusterPair were read.',
		helps: 'Leave the cluster token out of the rotation.',
	},
	'migration-running': {
		means: 'A Migration uses the pair, so no secret of it is replaced now.',
		found:
			'The Migrations of the cluster were listed: one that names the pair has not reached its final stage.',
		helps: 'Wait until it has finished, or delete it, and rotate again.',
	},
	'migrations-unknown': {
		means: 'Whether a Migration uses the pair could not be read.',
		found: 'The API server refused to list Migrations.',
		helps: 'Make sure that none is running before you confirm the rotation.',
	},
	'key-elsewhere': {
		means:
			'The pair takes the key of the object store from a BackupLocation, so no credential of Portworx is rotated.',
		found: 'The ClusterPair names a BackupLocation in its options.',
		helps: 'Replace the key in the Secret of that BackupLocation, on both clusters.',
	},
	'key-not-new': {
		means: 'Both clusters already use the access key ID that was given.',
		found: 'It was compared with what pxctl credentials list shows.',
		helps: 'Give the new key. If only the secret has changed, add `--ignore key-not-new`.',
	},
	'key-missing': {
		means: 'The rotation includes the object-store key, but the answers name no object store.',
		found: 'The answers were read.',
		helps: 'Name an answers file with the new key.',
	},
	'credential-gone': {
		means:
			'A rotation deleted the credential with the old key, and Portworx did not create the new one. Migrations fail until it exists.',
		found: 'pxctl refused to create the credential, and said why.',
		helps: 'Fix what pxctl reports in the evidence, then resume the rotation: it creates the credential.',
	},
	'credential-unknown': {
		means:
			'A rotation deleted the credential with the old key, and whether Portworx created the new one is unknown. Migrations fail if it did not.',
		found:
			'The answer to pxctl credentials create was lost or came too late, and the credential was not found afterwards.',
		helps: 'Resume the rotation: it looks first, and creates the credential unless it exists.',
	},
} as const satisfies Sections;
