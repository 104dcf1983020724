/** As much of it as is used here: https://swagger.io/docs/open-source-tools/swagger-ui/usage/configuration */
declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  export default function SwaggerUI(options: {
    readonly domNode: Element | null;
    readonly url: string;
    readonly deepLinking: boolean;
    readonly tryItOutEnabled: boolean;
    readonly displayRequestDuration: boolean;
    readonly syntaxHighlight: { readonly theme: string };
    readonly validatorUrl: string | null;
    readonly plugins: readonly {
      readonly components: { readonly DeepLink: (props: { readonly text: string }) => string };
    }[];
  }): void;
}

declare module "*.css" {}
