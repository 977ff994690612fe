export default [
  ['a held Job starts', 'const suspend = props.suspend ? { suspend: true } : {};', 'const suspend = {};'],
  ['a Job that is released is another one', 'const mutable = { suspend: undefined,', 'const mutable = {'],
];
