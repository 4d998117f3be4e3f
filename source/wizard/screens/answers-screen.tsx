import type { ReactNode } from 'react';
import type { Draft } from '../../pairing/draft.ts';
import { storeField } from '../../pairing/store-fields.ts';
import { useArea } from '../../ui/area.ts';
import { FilterSelect } from '../../ui/components/filter-select.tsx';
import { spellSigns } from '../../ui/glyphs.ts';
import { useTheme } from '../../ui/theme.ts';
import {
	furtherQuestions,
	isSecretField,
	lowerFirst,
	type QuestionId,
	questionsOf,
	shortNames,
} from '../questions.ts';

/** All answers, to choose the one that should be another. */
export function AnswersScreen(props: {
	draft: Draft;
	onSubmit: (id: QuestionId) => void;
	onBack: () => void;
}): ReactNode {
	const area = useArea();
	const { glyphs } = useTheme();
	const ids = [...questionsOf(props.draft).filter(id => id !== 'review'), ...furtherQuestions(props.draft)];
	const items = ids.map(id => ({
		id,
		label: shortNames[id],
		columns: [spellSigns(answerText(id, props.draft), glyphs)],
	}));
	return (
		<FilterSelect
			items={items}
			label="Change:"
			rows={area.rows}
			onSubmit={id => {
				const found = ids.find(name => name === id);
				if (found) props.onSubmit(found);
			}}
			onCancel={props.onBack}
		/>
	);
}

export function answerText(
	id: QuestionId,
	{ source, destination, location, store, texts, secrets, login, bothWays }: Draft,
): string {
	if (isSecretField(id)) {
		return secrets[id] ? String(secrets[id]) : 'not given';
	}
	switch (id) {
		case 'source':
			return source ?? '';
		case 'destination':
			return destination ?? '';
		case 'found':
			return location === 'auto' ? 'location as found' : `${location}, as you said`;
		case 'store':
			return store ?? '';
		case 'pairEndpoint':
		case 'backEndpoint':
			return texts[id] || 'found by itself';
		case 'server':
		case 'backServer':
			return texts[id] || 'as in the kubeconfig';
		case 'login':
			return login === 'service-account' ? 'of a ServiceAccount that pxpair makes' : "the context's own";
		case 'direction':
			return bothWays ? 'yes, both ways' : 'no';
		case 'mode':
			return texts.mode || 'left to Portworx';
		default:
			return (id !== 'review' && texts[id]) || leftOut(id);
	}
}

/** What it means that a field of the store is not given. */
function leftOut(id: QuestionId): string {
	const entry = storeField(id);
	switch (entry?.kind) {
		case 'choice':
			return lowerFirst(entry.field.ask?.none?.label ?? 'none');
		case 'text':
			return entry.field.optional ? 'none' : '';
		default:
			return '';
	}
}
