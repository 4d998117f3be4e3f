import type { FieldId, QuestionId } from './questions.ts';
import type { WizardServices } from './services.ts';

type FieldText = Readonly<{ question: string; what: string; where: string; example: string }>;

export const fields: Readonly<Record<FieldId, FieldText>> = {
	accessKeyId: {
		question: 'What is the access key ID?',
		what: 'The public half of an S3 key pair: it names the key. (The documented page swaps the two descriptions.)',
		where:
			'AWS console: IAM → Users → Security credentials. In a store of your own: its user administration.',
		example: 'AKIAIOSFODNN7EXAMPLE',
	},
	secretAccessKey: {
		question: 'What is the secret access key?',
		what: 'The secret half of the same key pair. It goes to Portworx on both clusters, and nowhere else.',
		where: 'Shown once, when the key is created. Lost? Create another key.',
		example: '40 letters, digits, / and +',
	},
	region: {
		question: 'In which region is the object store?',
		what: 'The region in which Portworx makes its bucket.',
		where: 'The one nearest to both clusters. Stores of your own often take us-east-1.',
		example: 'us-east-1',
	},
	endpoint: {
		question: 'At which endpoint is the object store?',
		what: 'Host, and port if it is not the usual one, without https://. Both clusters must reach it.',
		where: "Amazon: s3.amazonaws.com. Else: your store's documentation.",
		example: 's3.amazonaws.com',
	},
	accountName: {
		question: 'What is the name of the storage account?',
		what: 'The Azure storage account in which Portworx keeps the data on its way.',
		where: 'Azure portal: Storage accounts. 3 to 24 small letters and digits.',
		example: 'mystorageaccount',
	},
	accountKey: {
		question: 'What is a key of that account?',
		what: 'One of the two access keys of the storage account.',
		where: 'Azure portal: the account → Security + networking → Access keys.',
		example: '88 characters that end in ==',
	},
	projectId: {
		question: 'What is the ID of the Google project?',
		what: 'The project in which Portworx makes its bucket. Its ID, not its name or number.',
		where: 'Google Cloud console: the project selector at the top.',
		example: 'my-project-123456',
	},
	jsonKeyFile: {
		question: 'Which file holds the service account key?',
		what: 'A JSON key file on this machine. It is handed to Portworx and removed from the pod at once.',
		where: 'Google Cloud console: IAM → Service accounts → Keys → Add key → JSON.',
		example: '~/gcs-key.json',
	},
	name: {
		question: 'What should the pair be called?',
		what: 'The ClusterPair object on the source. Migrations name their destination by it.',
		where: 'Yours to choose: small letters, digits, - and dots.',
		example: 'remotecluster',
	},
	namespace: {
		question: 'In which namespace should the pair live?',
		what: "The namespace to be migrated, or Stork's admin namespace to migrate any. Made where it does not exist.",
		where: 'Yours to choose. Tab completes the ones there are on the source.',
		example: 'migrationnamespace',
	},
	pairEndpoint: {
		question: "Where do the source's nodes reach Portworx on the destination?",
		what: 'Address and port of a destination node or load balancer. Empty: found by itself.',
		where: 'Give one when the nodes have no address that the source can reach.',
		example: '203.0.113.7:9001',
	},
	server: {
		question: "Where does the source reach the destination's API server?",
		what: 'The address that stands in the pair. Empty: the one in your kubeconfig.',
		where: 'Needed when that one means something on this machine alone. Its certificate has to be for it.',
		example: 'https://203.0.113.7:6443',
	},
	backEndpoint: {
		question: "Where do the destination's nodes reach Portworx on the source?",
		what: 'Address and port of a source node or load balancer, for the way back. Empty: found by itself.',
		where: 'Give one when the nodes have no address that the destination can reach.',
		example: '203.0.113.8:9001',
	},
	backServer: {
		question: "Where does the destination reach the source's API server?",
		what: 'The address that stands in the pair for the way back. Empty: the one in your kubeconfig.',
		where: 'Needed when that one means something on this machine alone. Its certificate has to be for it.',
		example: 'https://203.0.113.8:6443',
	},
};

const environmentFor: Readonly<Partial<Record<QuestionId, readonly string[]>>> = {
	accessKeyId: ['AWS_ACCESS_KEY_ID'],
	secretAccessKey: ['AWS_SECRET_ACCESS_KEY'],
	region: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
	accountName: ['AZURE_STORAGE_ACCOUNT'],
	accountKey: ['AZURE_STORAGE_KEY'],
	projectId: ['GOOGLE_CLOUD_PROJECT', 'CLOUDSDK_CORE_PROJECT'],
	jsonKeyFile: ['GOOGLE_APPLICATION_CREDENTIALS'],
};

/** Offered, never taken silently. */
export function offer(
	id: QuestionId,
	services: Pick<WizardServices, 'environment'>,
): Readonly<{ name: string; value: string }> | undefined {
	for (const name of environmentFor[id] ?? []) {
		const value = services.environment[name];
		if (value) {
			return { name, value };
		}
	}
	return undefined;
}
