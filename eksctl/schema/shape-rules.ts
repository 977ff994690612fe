/** What is asked of the shape of a file, before its values: ids, what each says, and who refuses it. */
export const SHAPE_RULES = [
  { id: 'L1', by: 'eksctl', says: 'keys are known, written once, and of the right type' },
  { id: 'L1b', by: 'aws', says: 'keys are those of eksctl also where it drops others without a word' },
  { id: 'L1c', by: 'aws', says: 'a file has one document and no tags of its own, which eksctl overlooks' },
  { id: 'L2', by: 'eksctl', says: 'metadata is there' },
  { id: 'L3', by: 'eksctl', says: 'lists of objects hold no null' },
  { id: 'L3b', by: 'aws', says: 'other lists hold no null, which eksctl takes for an empty entry' },
] as const;
