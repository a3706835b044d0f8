// What a bundler such as Vite declares.
interface ImportMeta {
  readonly env: { readonly PROD: boolean };
}
