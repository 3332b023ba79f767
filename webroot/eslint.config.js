import js from '@eslint/js';
import globals from 'globals';

export default [
  { ignores: ['node_modules/', 'vendor/'] },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-implied-eval': 'error',
      'no-param-reassign': 'error',
      'no-shadow': 'error',
      'no-useless-return': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'prefer-template': 'error',
      'max-lines': ['error', 300],
      'max-len': ['error', { code: 120, ignoreStrings: true, ignoreTemplateLiterals: true }],
    },
  },
  { files: ['app/**'], languageOptions: { globals: globals.browser } },
  { files: ['app/theme.js'], languageOptions: { sourceType: 'script' } },
  { files: ['test/**', '*.mjs'], languageOptions: { globals: globals.node } },
];
