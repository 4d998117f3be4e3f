import { shell } from '../../words/command.ts';
import { compareVersions, versionOf } from '../../words/version.ts';
import { command, type Remedy } from '../../words/way.ts';

/** A login plugin that Stork's image holds, and what it needs there besides. Read in the history of Stork's Dockerfile. */
export type Plugin = Readonly<{
	/** First version of Stork whose image has it in working order; undefined: all that are still about. */
	since: string | undefined;
	/** How it gets its credentials in Stork's pod. `from` is the side on which that Stork works. */
	credentials(where: Readonly<{ from: string; namespace: string }>): Remedy;
}>;

const aws: Plugin['credentials'] = ({ from, namespace }) =>
	`EKS: on the ${from}, put your AWS credentials file in a Secret aws-creds in the namespace ${namespace} and mount it into Stork at /root/.aws (spec.stork.volumes of the StorageCluster).`;

const plugins: Readonly<Record<string, Plugin>> = {
	aws: { since: undefined, credentials: aws },
	// An empty file before.
	'aws-iam-authenticator': { since: '23.7.1', credentials: aws },
	'gke-gcloud-auth-plugin': {
		since: '23.2',
		credentials: ({ from, namespace }) =>
			`GKE: on the ${from}, put the key file of an IAM account in a Secret gke-creds in the namespace ${namespace}, mount it into Stork at /root/.gke, and set CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE=/root/.gke/gcs-key.json there (spec.stork.volumes and spec.stork.env of the StorageCluster).`,
	},
	oci: {
		since: '23.3',
		credentials: ({ from, namespace }) =>
			`OKE: on the ${from}, put your OCI configuration and its key in a Secret in the namespace ${namespace} and mount it into Stork at /root/.oci (spec.stork.volumes of the StorageCluster).`,
	},
	kubelogin: {
		since: '23.7',
		credentials: () =>
			command(
				'On AKS, use a context that needs no plugin, which this makes',
				shell`az aks get-credentials --admin`,
			),
	},
};

/**
 * By the name under which Stork's pod would look for it. `aws.exe` and paths of this machine are not available there; what is in
 * the usual folders of Linux may be.
 */
export function pluginFor(command: string): Plugin | undefined {
	const name = command.replace(/^\/usr\/(local\/)?bin\//, '');
	return Object.hasOwn(plugins, name) ? plugins[name] : undefined;
}

/** undefined when the version is not known, or is none (a digest, `master`). */
export function isOlder(version: string | undefined, than: string): boolean | undefined {
	const [have, wanted] = [versionOf(version), versionOf(than)];
	return have && wanted && compareVersions(have, wanted) < 0;
}
