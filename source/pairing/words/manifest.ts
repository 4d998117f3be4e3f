import { Document, Scalar, visit } from 'yaml';
import { escaped, isPrintable } from './outside-text.ts';
import { Secret } from './secret.ts';

/** A Kubernetes object, or part of one, whose secret values are still in their boxes. */
export type Tree =
	| string
	| number
	| boolean
	| null
	| Secret
	| readonly Tree[]
	| { readonly [key: string]: Tree };
export type Branch = { readonly [key: string]: Tree };

export type Manifest = Branch &
	Readonly<{
		apiVersion: string;
		kind: string;
		metadata: Branch & Readonly<{ name: string; namespace?: string }>;
	}>;

/** The one printer of manifests: YAML in which every secret is dots. */
export function printManifest(manifest: Manifest): string {
	const document = new Document(mask(manifest), { aliasDuplicateObjects: false });
	visit(document, {
		Scalar(_, scalar) {
			if (typeof scalar.value === 'string' && !isPrintable(scalar.value)) {
				scalar.type = Scalar.QUOTE_DOUBLE;
			}
		},
	});
	return escaped(document.toString({ lineWidth: 0 })).trimEnd();
}

/** For gateways only: the object as the API server needs it. */
export function revealManifest(tree: Tree): unknown {
	return replaceSecrets(tree, secret => secret.reveal());
}

/** All that is in boxes, for anyone who has to keep an answer from repeating it. */
export function secretsIn(tree: Tree): readonly Secret[] {
	const found: Secret[] = [];
	replaceSecrets(tree, secret => {
		found.push(secret);
		return '';
	});
	return found;
}

export const isBranch = (tree: Tree | undefined): tree is Branch =>
	typeof tree === 'object' && tree !== null && !Array.isArray(tree) && !(tree instanceof Secret);

const mask = (tree: Tree): unknown => replaceSecrets(tree, String);

function replaceSecrets(tree: Tree, replace: (secret: Secret) => string): unknown {
	if (tree instanceof Secret) {
		return replace(tree);
	}
	if (Array.isArray(tree)) {
		return tree.map(item => replaceSecrets(item, replace));
	}
	if (isBranch(tree)) {
		return Object.fromEntries(
			Object.entries(tree).map(([key, value]) => [key, replaceSecrets(value, replace)]),
		);
	}
	return tree;
}
