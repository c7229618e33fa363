// go-elasticsearch's BulkIndexer, four workers at once. ARGUMENT: the URL.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"
	"sync/atomic"

	"github.com/elastic/go-elasticsearch/v8"
	"github.com/elastic/go-elasticsearch/v8/esutil"
)

const documents = 5000

func main() {
	client, err := elasticsearch.NewClient(elasticsearch.Config{Addresses: []string{os.Args[1]}})
	if err != nil {
		log.Fatal(err)
	}
	indexer, err := esutil.NewBulkIndexer(esutil.BulkIndexerConfig{Client: client, Index: "go", NumWorkers: 4, FlushBytes: 20000})
	if err != nil {
		log.Fatal(err)
	}
	var created uint64
	for n := 0; n < documents; n++ {
		err := indexer.Add(context.Background(), esutil.BulkIndexerItem{
			Action: "create", DocumentID: fmt.Sprint(n), Body: strings.NewReader(fmt.Sprintf(`{"n":%d}`, n)),
			OnSuccess: func(context.Context, esutil.BulkIndexerItem, esutil.BulkIndexerResponseItem) { atomic.AddUint64(&created, 1) },
			OnFailure: func(_ context.Context, item esutil.BulkIndexerItem, answer esutil.BulkIndexerResponseItem, err error) {
				log.Fatal(item.DocumentID, answer.Error, err)
			},
		})
		if err != nil {
			log.Fatal(err)
		}
	}
	if err := indexer.Close(context.Background()); err != nil {
		log.Fatal(err)
	}
	if stats := indexer.Stats(); created != documents || stats.NumFailed != 0 {
		log.Fatalf("created %d of %d: %+v", created, documents, stats)
	}
	if _, err := client.Indices.Refresh(client.Indices.Refresh.WithIndex("go")); err != nil {
		log.Fatal(err)
	}
	count, err := client.Count(client.Count.WithIndex("go"))
	if err != nil || !strings.Contains(count.String(), `"count":5000`) {
		log.Fatal(count, err)
	}
	fmt.Println("go-elasticsearch done")
}
